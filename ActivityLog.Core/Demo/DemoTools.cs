namespace ActivityLog.Core.Demo;

/// <summary>Which tools are used, and how that goes.</summary>
internal static class DemoTools
{
    /// <summary>The next tool that a model asks for.</summary>
    /// <param name="random">What decides.</param>
    /// <param name="person">Whose agent it is.</param>
    /// <param name="file">The file it is about.</param>
    /// <param name="mayEdit">Whether it may be one that changes something.</param>
    public static DemoTool Next(DemoRandom random, DemoPerson person, string file, bool mayEdit)
    {
        var choice = random.NextDouble() * (mayEdit ? 1 : 0.55);
        var tool = choice switch
        {
            < 0.26 => new DemoTool("Read", $"{{\"file_path\":\"{file}\"}}", random.Around(14, 0.6)) { ResultBytes = (int)random.Around(9500, 0.9) },
            < 0.36 => new("Grep", $"{{\"pattern\":\"{Word(file)}\",\"output_mode\":\"content\"}}", random.Around(90, 0.8)) { ResultBytes = (int)random.Around(3400, 1) },
            < 0.41 => new("Glob", "{\"pattern\":\"**/*\"}", random.Around(60, 0.6)) { ResultBytes = (int)random.Around(1600, 0.7) },
            < 0.47 => Mcp(random),
            < 0.49 => new("WebFetch", "{\"url\":\"https://docs.northwind.example/adr/0042\"}", random.Around(2600, 0.7)) { ResultBytes = (int)random.Around(9000, 0.6) },
            < 0.55 => new("TodoWrite", "{\"todos\":4}", random.Around(4, 0.4)) { ResultBytes = 160 },
            < 0.78 => Bash(random, person),
            < 0.95 => new("Edit", $"{{\"file_path\":\"{file}\"}}", random.Around(24, 0.6)) { ResultBytes = 420, Lines = (1 + random.Count(14), random.Count(6)) },
            _ => new("Write", $"{{\"file_path\":\"{file}\"}}", random.Around(18, 0.5)) { ResultBytes = 120, Lines = (12 + random.Count(60), 0) },
        };
        return Decided(Failed(tool, random), random);
    }

    private static DemoTool Bash(DemoRandom random, DemoPerson person)
    {
        var command = random.NextDouble() switch
        {
            < 0.12 => "git status",
            < 0.2 => "git diff --stat",
            < 0.29 => "git add -A && git commit -m \\\"Say why\\\"",
            < 0.32 => "gh pr create --fill",
            < 0.36 => "rm -rf build",
            _ => random.Of(person.Language.Commands),
        };
        return new("Bash", $"{{\"command\":\"{command}\"}}", Math.Min(120_000, random.Around(2200, 1.4))) { ResultBytes = (int)random.Around(2200, 1.1), Output = "ok" };
    }

    private static DemoTool Mcp(DemoRandom random)
    {
        (string Server, string Tool) mcp = random.Of<(string, string)>([("github", "get_issue"), ("github", "list_pull_requests"), ("postgres", "query"), ("sentry", "find_events")]);
        return new($"mcp__{mcp.Server}__{mcp.Tool}", "{\"limit\":20}", random.Around(700, 0.8)) { ResultBytes = (int)random.Around(4200, 0.9), Mcp = mcp };
    }

    private static DemoTool Failed(DemoTool tool, DemoRandom random)
    {
        var rate = tool.Name switch
        {
            "Bash" => 0.11,
            "Edit" => 0.05,
            "WebFetch" => 0.08,
            _ => 0.015,
        };
        return random.Chance(rate) ? tool with { Error = random.Of(DemoTexts.ToolErrors), ResultBytes = 200, Lines = null, Output = null } : tool;
    }

    // What changes something is asked about more often.
    private static DemoTool Decided(DemoTool tool, DemoRandom random)
    {
        var isAsked = tool.Name switch
        {
            "Bash" => random.Chance(0.3),
            "Edit" or "Write" => random.Chance(0.35),
            _ => tool.Mcp is not null && random.Chance(0.2),
        };
        if (!isAsked)
        {
            return tool;
        }

        var decision = random.NextDouble() switch
        {
            < 0.12 => "user_reject",
            < 0.3 => "user_permanent",
            _ => "user_temporary",
        };
        return tool with { DecidedBy = decision, WaitedMs = Math.Floor(random.Around(6500, 1)) };
    }

    private static string Word(string file) => Path.GetFileNameWithoutExtension(file);
}
