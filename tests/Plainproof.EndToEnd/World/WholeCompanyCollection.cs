using Xunit;

namespace Plainproof.EndToEnd.World;

[CollectionDefinition(nameof(WholeCompany))]
public sealed class WholeCompanyCollection : ICollectionFixture<WholeCompany>;
