Console.Error.WriteLine("Run by dotnet-ef: see docs/migrations.md.");
return 1;
