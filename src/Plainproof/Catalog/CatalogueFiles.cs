namespace Plainproof.Catalog;

/// <summary>How each file of the catalogue is laid out: which members its objects have, and which may be left out.</summary>
internal static class CatalogueFiles
{
    public static CriteriaFile Criteria(Node file) => new()
    {
        Edition = file.Text("edition"),
        Categories = file.List("categories", one => new Category { Id = one.Text("id"), Title = one.Text("title"), Plain = one.Text("plain") }),
        Series = file.List("series", one => new Series { Id = one.Text("id"), Title = one.Text("title"), Category = one.Text("category") }),
        Criteria = file.List("criteria", one => new Criterion
        {
            Id = one.Text("id"),
            Category = one.Text("category"),
            Series = one.Text("series"),
            Plain = one.Text("plain"),
            Coso = one.WholeOrNull("coso"),
            PointsOfFocus = one.Whole("pointsOfFocus"),
            Lead = one.Text("lead"),
        }),
    };

    public static ControlsFile Controls(Node file) => new()
    {
        Controls = file.List("controls", one => new Control
        {
            Id = one.Text("id"),
            Family = one.Text("family"),
            Title = one.Text("title"),
            Statement = one.Text("statement"),
            Plain = one.Text("plain"),
            Criteria = one.TextList("criteria"),
            Frequency = one.One("frequency", often => new Frequency { Text = often.Text("text"), Every = often.WordList<Rhythm>("every") }),
            Nature = one.Word<Nature>("nature"),
            Owner = one.Text("owner"),
            Tier = one.Word<Tier>("tier"),
            Evidence = one.List("evidence", way => new EvidenceItem { What = way.Text("what"), By = way.Word<EvidenceWay>("by") }),
            Population = one.TextOrNull("population"),
            Gap = one.Text("gap"),
        }),
    };

    public static GapsFile Gaps(Node file) => new()
    {
        Gaps = file.List("gaps", one => new Gap
        {
            Id = one.Text("id"),
            Title = one.Text("title"),
            Severity = one.Word<Severity>("severity"),
            Type1 = one.Flag("type1"),
            Runs = one.Flag("runs"),
            Categories = one.TextListOrNull("categories") ?? [],
            Why = one.Text("why"),
            Fix = one.Text("fix"),
            Hours = one.One("hours", Hours),
            Cost = one.One("cost", Cost),
            LeadDays = one.One("leadDays", days => new LeadDays { Low = days.Whole("low"), High = days.Whole("high") }),
            NeedsFirst = one.TextList("needsFirst"),
            HelpedBy = one.TextList("helpedBy"),
            Controls = one.TextList("controls"),
        }),
    };

    public static StandingFile Standing(Node file) => new()
    {
        Items = file.List("items", one => new StandingItem
        {
            Id = one.Text("id"),
            Item = one.Text("item"),
            Plain = one.Text("plain"),
            Controls = one.TextList("controls"),
            Description = one.TextList("description"),
            Hours = one.One("hours", hours => new StandingHours { Low = hours.Number("low"), High = hours.Number("high") }),
            Per = one.TextOrNull("per"),
        }),
    };

    public static QuestionsFile Questions(Node file) => new()
    {
        Sections = file.List("sections", one => new QuestionSection { Id = one.Text("id"), Title = one.Text("title") }),
        Questions = file.List("questions", one => new Question
        {
            Id = one.Text("id"),
            Section = one.Text("section"),
            When = one.OneOrNull("when", When),
            Ask = one.Text("ask"),
            Help = one.TextOrNull("help"),
            Answer = one.Word<AnswerKind>("answer"),
            Options = one.List("options", Option),
            Controls = one.TextList("controls"),
            WhenSkipped = one.OneOrNull("whenSkipped", skip => new WhenSkipped { Opens = skip.TextList("opens"), Say = skip.TextOrNull("say") }),
            GapText = one.TextsOrNull("gapText") ?? new Dictionary<string, string>(),
        }),
    };

    public static RequestsFile Requests(Node file) => new()
    {
        Requests = file.List("requests", one => new Request
        {
            Id = one.Text("id"),
            Group = one.Text("group"),
            Item = one.Text("item"),
            Kind = one.WordList<RequestKind>("kind"),
            Types = one.One("types", types => new RequestTypes { Type1 = types.Word<InTypeOne>("type1"), Type2 = types.Flag("type2") }),
            Criteria = one.TextList("criteria"),
            Controls = one.TextList("controls"),
            Populations = one.TextListOrNull("populations") ?? [],
        }),
    };

    public static PoliciesFile Policies(Node file) => new()
    {
        Policies = file.List("policies", one => new Policy
        {
            Id = one.Text("id"),
            Name = one.Text("name"),
            Plain = one.Text("plain"),
            Sections = one.List("sections", part => new PolicySection { Title = part.Text("title"), Plain = part.Text("plain") }),
            Criteria = one.TextList("criteria"),
            Controls = one.TextList("controls"),
        }),
    };

    public static DescriptionFile Description(Node file) => new()
    {
        Sections = file.List("sections", one => new DescriptionSection
        {
            Id = one.Text("id"),
            Title = one.Text("title"),
            Plain = one.Text("plain"),
            Asks = one.TextList("asks"),
            Controls = one.TextList("controls"),
        }),
    };

    public static EntityControlsFile EntityControls(Node file) => new()
    {
        Customer = file.List("customer", one => new CustomerControl
        {
            Id = one.Text("id"),
            Text = one.Text("text"),
            Criteria = one.TextList("criteria"),
            When = one.OneOrNull("when", When),
        }),
        Subservice = file.List("subservice", one => new SubserviceControl
        {
            Id = one.Text("id"),
            Kind = one.Text("kind"),
            Text = one.Text("text"),
            Criteria = one.TextList("criteria"),
        }),
    };

    public static ScopingFile Scoping(Node file) => new()
    {
        Rule = file.Text("rule"),
        Categories = file.List("categories", one => new CategoryRule
        {
            Category = one.Text("category"),
            ProposeWhen = one.List("proposeWhen", Condition),
            Say = one.Text("say"),
            Otherwise = one.TextOrNull("otherwise"),
        }),
        Ambiguity = file.List("ambiguity", one => new AmbiguityRule
        {
            Id = one.Text("id"),
            When = one.One("when", When),
            Say = one.Text("say"),
            Ask = one.TextOrNull("ask"),
        }),
    };

    public static GlossaryFile Glossary(Node file) => new()
    {
        Terms = file.List("terms", one => new Term { Name = one.Text("term"), Also = one.TextList("also"), Plain = one.Text("plain") }),
    };

    private static Hours Hours(Node hours) => new()
    {
        Low = hours.Number("low"),
        High = hours.Number("high"),
        Note = hours.TextOrNull("note"),
        Then = hours.OneOrNull("then", then => new RepeatedHours { Low = then.Number("low"), High = then.Number("high"), Per = then.Text("per") }),
    };

    private static Cost Cost(Node cost) => new()
    {
        Low = cost.Number("low"),
        High = cost.Number("high"),
        Currency = cost.Text("currency"),
        Per = cost.TextOrNull("per"),
        Note = cost.TextOrNull("note"),
    };

    private static When When(Node when) => new() { All = when.ListOrNull("all", Condition), Any = when.ListOrNull("any", Condition) };

    private static Condition Condition(Node one) => new()
    {
        Question = one.Text("question"),
        In = one.TextListOrNull("in"),
        NotIn = one.TextListOrNull("notIn"),
    };

    private static Option Option(Node one) => new()
    {
        Id = one.Text("id"),
        Text = one.Text("text"),
        Score = one.NumberOrNull("score"),
        Opens = one.TextListOrNull("opens") ?? [],
        Effects = one.ListOrNull("effects", effect => new Effect { Kind = effect.Text("kind"), Value = effect.TextOrNumber("value"), Say = effect.TextOrNull("say") }) ?? [],
    };
}
