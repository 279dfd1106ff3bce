namespace ActivityLog.Core.Demo;

/// <summary>A language that people write, and what their files and commands are called.</summary>
/// <param name="Name">As the agent names it.</param>
/// <param name="Files">Files that are edited.</param>
/// <param name="Commands">Commands that are run.</param>
internal sealed record DemoLanguage(string Name, IReadOnlyList<string> Files, IReadOnlyList<string> Commands)
{
    public static IReadOnlyList<DemoLanguage> All { get; } =
    [
        new("TypeScript", ["src/checkout/cart.ts", "src/api/client.ts", "src/components/Invoice.tsx", "src/hooks/useSession.ts", "test/cart.test.ts"], ["npm test", "npx tsc --noEmit", "npm run lint", "npx vitest run test/cart.test.ts"]),
        new("Go", ["internal/ledger/post.go", "internal/http/router.go", "cmd/ledgerd/main.go", "internal/ledger/post_test.go"], ["go test ./...", "go vet ./...", "go build ./cmd/ledgerd", "gofmt -l ."]),
        new("Python", ["pipelines/load_orders.py", "models/churn.py", "tests/test_load_orders.py", "pipelines/schema.py"], ["pytest -q", "ruff check .", "python -m pipelines.load_orders --dry-run", "mypy pipelines"]),
        new("C#", ["src/Billing/InvoiceStore.cs", "src/Billing/TaxRules.cs", "tests/Billing/TaxRulesTests.cs", "src/Api/Program.cs"], ["dotnet test", "dotnet build -warnaserror", "dotnet format --verify-no-changes"]),
        new("Rust", ["crates/index/src/lib.rs", "crates/query/src/plan.rs", "crates/query/tests/plan.rs"], ["cargo test", "cargo clippy -- -D warnings", "cargo build --release"]),
        new("HCL", ["modules/network/main.tf", "envs/prod/variables.tf", "modules/db/main.tf"], ["terraform plan", "terraform validate", "kubectl get pods -n checkout"]),
        new("Swift", ["App/Views/CartView.swift", "App/Models/Session.swift", "Tests/CartTests.swift"], ["swift test", "xcodebuild -scheme App build", "swiftlint"]),
    ];
}
