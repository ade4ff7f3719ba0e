namespace Plainproof.Facts;

/// <param name="Product">Such as <c>PostgreSQL</c>.</param>
/// <param name="SupportedUntil">Last day with security fixes from its makers; null when our table does not know the version.</param>
/// <param name="TableDated">The day our table of end dates was made.</param>
/// <param name="Standby">True when it only follows another server.</param>
[Kind("database.core", "Databases: product, version, end of support")]
public sealed record DatabaseServer(string Product, string Version, DateOnly TableDated, DateOnly? SupportedUntil = null, bool Standby = false);

/// <param name="Encrypts">True when it offers TLS.</param>
/// <param name="ListensBeyondLoopback">False when only programs on the same machine can connect.</param>
/// <param name="OldestProtocol">Such as <c>TLSv1.2</c>; null when the server leaves it to its TLS library, or offers none.</param>
/// <param name="PasswordStorage">How new passwords are stored: <c>scram-sha-256</c>, <c>md5</c>.</param>
[Kind("database.transport", "Databases: encryption of connections, storage of passwords")]
public sealed record DatabaseTransport(
    bool Encrypts, bool ListensBeyondLoopback, IReadOnlyList<string> ListensOn, string PasswordStorage, string? OldestProtocol = null);

/// <summary>The sessions at the moment of reading. Only those from other machines that are not encrypted are named.</summary>
[Kind("database.session", "Databases: open sessions from other machines that are not encrypted")]
public sealed record DatabaseSessions(IReadOnlyList<PlainSession> Plain);

public sealed record PlainSession(string User, string Address);

/// <summary>Which connections a login rule speaks of.</summary>
public enum RuleReach
{
    /// <summary>Programs on the same machine, without a network.</summary>
    Local,

    /// <summary>Network connections, encrypted or not.</summary>
    Any,
    Encrypted,
    Plain,
}

/// <summary>One rule on who may sign in from where, and how they prove who they are. The first rule that matches decides.</summary>
/// <param name="Order">Place in the list; rules are tried from the lowest.</param>
/// <param name="Line">Where it is written, such as <c>line 92</c>.</param>
/// <param name="Address">A network as <c>10.0.0.0/8</c>, a host name, or <c>all</c>; null for <see cref="RuleReach.Local"/>.</param>
/// <param name="Method">As the system calls it: <c>scram-sha-256</c>, <c>trust</c>, <c>reject</c>.</param>
/// <param name="NeedsCertificate">True when the client must also show a certificate that names the user.</param>
/// <param name="Error">Why the server cannot use the rule.</param>
[Kind("database.auth-rule", "Databases: who may sign in from where, and with what proof")]
public sealed record DatabaseAuthRule(
    int Order, string Line, RuleReach Reach, IReadOnlyList<string> Databases, IReadOnlyList<string> Users, string Method,
    string? Address = null, bool NeedsCertificate = false, string? Error = null);

/// <param name="Statements">Which statements are logged: <c>none</c>, <c>ddl</c>, <c>mod</c>, <c>all</c>.</param>
/// <param name="AuditLoaded">True when an audit extension (pgaudit) is loaded.</param>
/// <param name="AuditClasses">What the extension records: <c>ddl</c>, <c>role</c>, <c>write</c>, <c>all</c>.</param>
/// <param name="Destinations">Where the log goes: <c>stderr</c>, <c>syslog</c>, <c>jsonlog</c>.</param>
/// <param name="Collected">False when <c>stderr</c> is the only way out and the server does not collect it into files.</param>
/// <param name="Exceptions">Roles or databases for which the settings differ.</param>
[Kind("database.logging", "Databases: what is logged, and where to")]
public sealed record DatabaseLogging(
    bool Connections, bool Disconnections, string Statements, bool AuditLoaded, IReadOnlyList<string> AuditClasses,
    IReadOnlyList<string> Destinations, bool Collected, IReadOnlyList<LoggingException> Exceptions);

/// <param name="For">Such as <c>role app</c> or <c>database shop</c>.</param>
public sealed record LoggingException(string For, string Setting, string Value);

/// <param name="Enabled">True when finished pieces of the change log are copied away.</param>
/// <param name="HasMethod">True when a command or a library is set that does the copying.</param>
/// <param name="Standby">True when this server only follows another, which does the archiving.</param>
[Kind("database.archive", "Databases: copying of the change log, and replicas")]
public sealed record DatabaseArchive(
    bool Enabled, bool HasMethod, string Level, bool Standby, IReadOnlyList<string> Replicas,
    DateTimeOffset? LastArchivedAt = null, DateTimeOffset? LastFailedAt = null, long Failures = 0);
