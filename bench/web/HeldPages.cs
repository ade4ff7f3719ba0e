using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Plainproof.Features.Standing;

namespace Plainproof.Bench.Web;

/// <summary>Gives every page what the first of its kind looked up, so that it renders at once. The services it asks for are made as always.</summary>
internal sealed class HeldPages : IComponentActivator
{
    private readonly ConcurrentDictionary<Type, (WorkspacePage First, FieldInfo[] Fields)> _held = new();

    public IComponent CreateInstance(Type componentType)
    {
        var made = (IComponent)Activator.CreateInstance(componentType)!;
        if (made is WorkspacePage page)
        {
            var (first, fields) = _held.GetOrAdd(componentType, type => (page, [.. FieldsOf(type)]));
            foreach (var field in first == page ? [] : fields)
                field.SetValue(page, field.GetValue(first));
        }

        return made;
    }

    /// <summary>Those of the page itself and of ours that it derives from; the framework's own are each instance's business.</summary>
    private static IEnumerable<FieldInfo> FieldsOf(Type page)
    {
        for (var type = page; type != typeof(ComponentBase); type = type!.BaseType)
            foreach (var field in type!.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                yield return field;
    }
}
