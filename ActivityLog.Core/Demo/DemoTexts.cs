namespace ActivityLog.Core.Demo;

/// <summary>What people ask and models answer.</summary>
internal static class DemoTexts
{
    public static readonly string[] Prompts =
    [
        "The tests around {0} are flaky on CI. Find out why and fix it; don't just raise the timeout.",
        "Add validation to {0}: empty amounts must be refused with a message that says which line.",
        "Please explain how {0} decides which customer gets the discount, and where I would change it.",
        "Refactor {0} so that the two code paths share one function. Keep the public API as it is.",
        "We see duplicate rows since Tuesday. I suspect {0}. Look through the last commits that touched it.",
        "Write tests for {0}, the unhappy paths first.",
        "Upgrade the dependencies of this repository one by one, run the tests after each, and stop at the first that breaks.",
        "Make {0} faster: it takes 40 s on the big customer's data. Measure before you change anything.",
        "Review my diff as a senior colleague would. Be picky about names.",
        "The build is red on main after the merge. Fix it and open a pull request.",
        "Add a feature flag around the new flow in {0}, off by default.",
        "Rename the status \"open\" to \"pending\" everywhere, with a migration and without downtime.",
        "Now also handle the case where the session has expired.",
        "Yes, do that.",
        "That isn't what I meant: the total must stay in cents. Try again.",
        "Update the README and the changelog for what we did.",
        "Commit this with a message that says why, and push it.",
        "Why did you choose a map here? Would a list be enough?",
    ];

    public static readonly string[] LongPrompts =
    [
        "Migrate all of {0} and everything that calls it to the new client. There are about 60 call sites; go through them one by one, run the tests after each package, and don't stop until all is green.",
        "Port the module around {0} to the new service. Work in small commits, use subagents for the parts that don't depend on one another.",
        "Our end-to-end suite takes 50 minutes. Go through every test, find what can run in parallel and what waits for nothing, and bring it under 15.",
    ];

    public static readonly string[] Answers =
    [
        "Fixed. The test read the clock twice; between the two reads the day could change. It takes the time once now, and the test sets it. All 214 tests pass.",
        "I split {0} in two: what reads stays there, what decides has a file of its own. No caller had to change.",
        "The discount is decided in {0}, in the second of three steps: list price, then the customer's contract, then the campaign. To change the order you would swap the last two.",
        "Done: three commits, all checks green. I left the old name as an alias for one release and said so in the changelog.",
        "The slow part was one query a line. It is one query for all now: 40 s became 1.2 s on the data you gave me.",
        "I found the cause: the retry sends the same order twice when the first answer is lost. It bears an idempotency key now, and the table has a unique index on it.",
        "Two things I would change before merging: the name of the flag says the opposite of what it does, and the migration locks the table. Both are small.",
        "You are right, I misread that. The total stays in cents; only what is shown is formatted.",
    ];

    public static readonly string[] ToolErrors =
    [
        "Shell command failed", "String to replace not found in file.", "File does not exist.", "Command timed out after 2m 0s",
        "File has been modified since read, either by the user or by a linter.",
    ];

    /// <summary>Failed calls: what they say, their status and class.</summary>
    public static readonly (string Error, int Status, string Class)[] CallErrors =
    [
        ("Overloaded", 529, "server_overload"), ("Overloaded", 529, "server_overload"), ("This request would exceed your organization's rate limit", 429, "rate_limit"),
        ("Internal server error", 500, "server_error"), ("prompt is too long: 214083 tokens > 200000 maximum", 400, "client_error"),
        ("Request timed out.", 408, "timeout"),
    ];

    public static readonly string[] Skills = ["release-notes", "db-migration", "code-review", "incident-report"];

    public static readonly string[] Agents = ["general-purpose", "general-purpose", "code-reviewer", "test-runner"];
}
