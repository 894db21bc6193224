package io.warmgate.local.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.store.ResourceId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Which resources are served right now. */
public final class ResourceRegistry {
  private final BuiltInTypes builtIn;
  private final Map<String, List<ResourceType>> custom = new LinkedHashMap<>();
  private final Map<Path, ResourceType> byPath = new LinkedHashMap<>();

  private record Path(String group, String version, String plural) {}

  public ResourceRegistry(BuiltInTypes builtIn) {
    this.builtIn = builtIn;
    builtIn.types().forEach(this::index);
  }

  private void index(ResourceType type) {
    ResourceType.Names names = type.names();
    byPath.put(new Path(names.group(), names.version(), names.plural()), type);
  }

  public BuiltInTypes builtIn() {
    return builtIn;
  }

  /** Serves what a CustomResourceDefinition defines, in place of what it defined before. */
  public void define(JsonNode definition) {
    withdraw(definition);
    List<ResourceType> types = CustomTypes.of(definition, builtIn.published());
    custom.put(Meta.of(definition).name(), types);
    types.forEach(this::index);
  }

  public void withdraw(JsonNode definition) {
    List<ResourceType> gone = custom.remove(Meta.of(definition).name());
    if (gone != null) {
      byPath.values().removeAll(gone);
    }
  }

  public Optional<ResourceType> find(String group, String version, String plural) {
    return Optional.ofNullable(byPath.get(new Path(group, version, plural)));
  }

  /** Any served version of a resource. */
  public Optional<ResourceType> find(ResourceId id) {
    return types().stream().filter(type -> type.id().equals(id)).findFirst();
  }

  public Optional<ResourceType> findKind(String apiVersion, String kind) {
    return types().stream()
        .filter(type -> type.names().apiVersion().equals(apiVersion))
        .filter(type -> type.names().kind().equals(kind))
        .findFirst();
  }

  /** A built-in type that must be there. */
  public ResourceType required(String group, String version, String plural) {
    return Objects.requireNonNull(byPath.get(new Path(group, version, plural)), plural);
  }

  public Collection<ResourceType> types() {
    return byPath.values();
  }

  /** The groups other than core with their versions, as first seen. */
  public Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (ResourceType type : types()) {
      if (!type.names().group().isEmpty()) {
        groups.merge(type.names().group(), List.of(type.names().version()), ResourceRegistry::both);
      }
    }
    return groups;
  }

  private static List<String> both(List<String> a, List<String> b) {
    return Stream.concat(a.stream(), b.stream()).distinct().toList();
  }

  /** The types of one group and version. */
  public List<ResourceType> of(String group, String version) {
    return types().stream()
        .filter(type -> type.names().group().equals(group))
        .filter(type -> type.names().version().equals(version))
        .toList();
  }
}
