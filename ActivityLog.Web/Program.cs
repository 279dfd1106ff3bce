using ActivityLog.Core.Messages;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Web.Accounts;
using ActivityLog.Web.Api;
using ActivityLog.Web.Demo;
using ActivityLog.Web.Hosting;
using ActivityLog.Web.Hosting.Telemetry;
using ActivityLog.Web.Layout;
using ActivityLog.Web.Live;
using ActivityLog.Web.Messages;
using ActivityLog.Web.Metrics;
using ActivityLog.Web.Reports;
using ActivityLog.Web.Retention;
using ActivityLog.Web.Senders;
using ActivityLog.Web.Systems;
using ActivityLog.Web.Tokens;

var builder = HostingSetup.CreateBuilder(args);
builder.AddHosting();
builder.AddTelemetry();
builder.Services.AddActivityLogStorage(builder.Configuration);
builder.Services.AddMessages();
builder.Services.AddReports();
// Services stop in the opposite order: the history last, when no request can come any more.
builder.Services.AddIngestHistory();
builder.Services.AddOtlp();
builder.Services.AddAccounts();
builder.Services.AddSystems();
builder.Services.AddDemo();
builder.Services.AddApi();
builder.Services.AddLive();
builder.Services.AddPages();

var app = builder.Build();
app.UseUntracedRoutes();
app.UseForwardedHeaders();
app.UseSecurityHeaders();
app.UseHsts();
app.UseApiErrors();
app.UseDatabaseAway();
app.UseNotFoundPage();
// Named, so that what is executed again for an error page is routed again.
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.UseStaleForms();
app.UseAntiforgery();

app.MapOtlp();
app.MapHealth();
app.MapMetricsPage();
app.MapApiDocument();
app.MapAuth();
var api = app.MapApi();
api.MapSystems();
api.MapTokens();
api.MapSenders();
api.MapMessages();
api.MapMetrics();
api.MapReports();
api.MapRetention();
app.MapLogout();
app.MapPages().RequireAuthorization(Policies.Pages);

return await app.PrepareAndRunAsync(args);
