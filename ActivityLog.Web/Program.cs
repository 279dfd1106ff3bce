using ActivityLog.Web.Layout;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
builder.Services.AddAuthorization();
builder.Services.AddPages();

var app = builder.Build();
app.UseNotFoundPage();
app.UseAntiforgery();
app.MapPages();
await app.RunAsync();
