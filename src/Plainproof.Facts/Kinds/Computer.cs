namespace Plainproof.Facts;

/// <summary>One computer that a directory knows.</summary>
/// <param name="LastSeenAt">When it last signed in to the directory; null when never.</param>
/// <param name="SlackDays">How far behind the truth that time may lag.</param>
/// <param name="ServesDirectory">True for a domain controller, which has no local accounts.</param>
[Kind("computer.core", "Computers in the directory: name, system, last seen")]
public sealed record Computer(
    string Name,
    bool Enabled,
    string? OperatingSystem = null,
    string? OperatingSystemVersion = null,
    DateTimeOffset? LastSeenAt = null,
    int SlackDays = 0,
    bool ServesDirectory = false);

/// <param name="ExpiresAt">When the managed password is next due for change; null when it is not managed.</param>
[Kind("computer.localadmin", "Whether each computer's own administrator password is managed")]
public sealed record ComputerLocalAdministrator(DateTimeOffset? ExpiresAt = null);
