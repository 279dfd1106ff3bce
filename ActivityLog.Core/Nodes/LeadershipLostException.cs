namespace ActivityLog.Core.Nodes;

/// <summary>Background work ended on this node, since another one does it now.</summary>
internal sealed class LeadershipLostException() : Exception("Another node does this work now.");
