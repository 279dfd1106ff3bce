using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;
using ActivityLog.Web.Accounts;
using ActivityLog.Web.Api;
using ActivityLog.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Settings;

/// <summary>What holds for the whole installation: everybody reads it, admins change it.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/settings").WithTags("Settings");
        group.MapGet("", ReadAsync).WithName("ReadSettings").WithSummary("The installation's time zone");
        group.MapGet("/summaries", ReadSummariesAsync).WithName("ReadSummarySettings").WithSummary("The pinned metadata keys, and how far summaries are built");

        var admin = group.MapGroup("").RequireAuthorization(Policies.ApiAdmin).ProducesProblem(StatusCodes.Status403Forbidden);
        admin.MapPut("", ChangeAsync).WithName("ChangeSettings").WithSummary("Choose the installation's time zone")
            .WithDescription("The zone whose days are meant where nobody names one. Null for that of the server's configuration.");
        admin.MapPut("/summaries", PinAsync).WithName("PinKeys").WithSummary("Pin metadata keys")
            .WithDescription("Reports by pinned keys come from summaries. What is stored already is summed up by new keys in the background.");
    }

    private static async Task<Ok<SettingsView>> ReadAsync(ISummaryChoices choices, ZoneOfOption byOption, CancellationToken cancellationToken) =>
        TypedResults.Ok(SettingsView.Of(await choices.GetAsync(cancellationToken), byOption));

    private static async Task<Ok<SummariesView>> ReadSummariesAsync(ISummaryState state, CancellationToken cancellationToken) =>
        TypedResults.Ok(SummariesView.Of(await state.ReadAsync(cancellationToken)));

    private static async Task<Results<Ok<SettingsView>, ValidationProblem>> ChangeAsync(
        SettingsRequest request, InstallationZone installation, ISummaryChoices choices, ZoneOfOption byOption, CancellationToken cancellationToken)
    {
        var zone = request.TimeZone is { } name ? QueryTimes.TryFindZone(name) : null;
        if (request.TimeZone is not null && zone is null)
        {
            var errors = new FieldErrors();
            errors.Add("timeZone", "This is no IANA time zone name, such as Europe/Berlin or UTC.");
            return errors.ToProblem();
        }

        await installation.ChooseAsync(zone, cancellationToken);
        return TypedResults.Ok(SettingsView.Of(await choices.GetAsync(cancellationToken), byOption));
    }

    private static async Task<Results<Ok<SummariesView>, ValidationProblem>> PinAsync(
        PinRequest request, ISummaryChoices choices, ISummaryState state, CancellationToken cancellationToken)
    {
        var wrong = request.PinnedKeys is null || request.PinnedKeys.Contains(null) ? "This is required: a list of names of attributes." : PinnedKeys.Check(request.PinnedKeys!);
        if (wrong is not null)
        {
            var errors = new FieldErrors();
            errors.Add("pinnedKeys", wrong);
            return errors.ToProblem();
        }

        await choices.PinAsync(request.PinnedKeys!, cancellationToken);
        return TypedResults.Ok(SummariesView.Of(await state.ReadAsync(cancellationToken)));
    }
}
