using ActivityLog.Core.Accounts;
using ActivityLog.Core.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;

namespace ActivityLog.Web.Accounts;

/// <summary>People: who they are (cookie on the pages, access token in the API) and what they may do.</summary>
internal static class AccountsSetup
{
    /// <summary>How long a changed password or role may go unnoticed on pages.</summary>
    public static readonly TimeSpan RevalidationInterval = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<AdminOptions>().BindConfiguration(AdminOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddDataProtection().SetApplicationName("ActivityLog").PersistKeysToDbContext<ActivityLogDbContext>();

        services.AddIdentityCore<AppUser>(static options =>
            {
                options.User.RequireUniqueEmail = true;
                // The name is the e-mail address, whatever its characters.
                options.User.AllowedUserNameCharacters = "";
                options.Password = new()
                {
                    RequiredLength = Passwords.MinLength,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<ActivityLogDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<SecurityStampValidatorOptions>(static options => options.ValidationInterval = RevalidationInterval);

        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, AccessTokenHandler>(AccessTokenDefaults.Scheme, null)
            .AddPolicyScheme(AccessTokenDefaults.ApiScheme, null, static options =>
            {
                options.ForwardDefaultSelector = SchemeOfApi;
                options.ForwardChallenge = AccessTokenDefaults.Scheme;
                options.ForwardForbid = AccessTokenDefaults.Scheme;
            })
            .AddIdentityCookies(static cookies => cookies.ApplicationCookie!.Configure(ConfigureCookie));
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Pages, static policy => policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser())
            .AddPolicy(Policies.PagesAdmin, static policy => policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireRole(Roles.Admin))
            .AddPolicy(Policies.Api, static policy => policy.AddAuthenticationSchemes(AccessTokenDefaults.ApiScheme).RequireAuthenticatedUser())
            .AddPolicy(Policies.ApiAdmin, static policy => policy.AddAuthenticationSchemes(AccessTokenDefaults.ApiScheme).RequireRole(Roles.Admin));

        services.AddSingleton<AccountCheck>();
        services.AddScoped<AuthenticationStateProvider, RevalidatingAccount>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<AccessTokens>();
        services.AddSingleton<SignInLimit>();
        services.AddSingleton<SetupCode>();
        services.AddSingleton<FirstAdmin>();
        services.AddSingleton<RefreshTokenStore>();
        services.AddSingleton<SigningKeyStore>();
        return services;
    }

    private static string SchemeOfApi(HttpContext context)
    {
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return reads && context.Request.Headers.Authorization.Count == 0 ? IdentityConstants.ApplicationScheme : AccessTokenDefaults.Scheme;
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "activitylog";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = static async context =>
        {
            var exists = await context.HttpContext.RequestServices.GetRequiredService<FirstAdmin>().ExistsAsync();
            context.Response.Redirect(exists ? LoginPage.PathFor(AskedFor(context.HttpContext)) : SetupPage.Path);
        };
        // What one may not see isn't there.
        options.Events.OnRedirectToAccessDenied = static context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    // What the person asked for, not the page that tells that there is no such page.
    private static string AskedFor(HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>() is { } original
        ? original.OriginalPathBase + original.OriginalPath + original.OriginalQueryString
        : context.Request.PathBase + context.Request.Path + context.Request.QueryString;
}
