package io.warmgate.local.api.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Who owns which fields of one object: its {@code metadata.managedFields}. Immutable. */
record ManagedFields(Map<Owner, Owned> owners) {

  /**
   * Who: a manager in one of its roles.
   *
   * @param operation {@code Apply} or {@code Update}
   * @param subresource such as {@code status}; empty for the object itself
   */
  record Owner(String manager, String operation, String apiVersion, String subresource) {
    /** As conflicts name it. */
    @Override
    public String toString() {
      String of = subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"";
      return "\"" + manager + "\"" + of + " using " + apiVersion;
    }
  }

  /** What, and since when (RFC 3339). */
  record Owned(FieldSet fields, String since) {}

  /** Reads an object's entries; those that cannot be read are dropped. */
  static ManagedFields of(ObjectNode object) {
    Map<Owner, Owned> owners = new LinkedHashMap<>();
    for (ObjectNode entry : Json.objects(Meta.of(object).get(Meta.MANAGED_FIELDS))) {
      if (entry.path("fieldsType").asText("").equals("FieldsV1")) {
        Owner owner =
            new Owner(
                entry.path("manager").asText(""),
                entry.path("operation").asText(""),
                entry.path("apiVersion").asText(""),
                entry.path("subresource").asText(""));
        FieldSet fields = FieldSet.decode(entry.path("fieldsV1"));
        owners.put(owner, new Owned(fields, entry.path("time").asText("")));
      }
    }
    return new ManagedFields(owners);
  }

  FieldSet of(Owner owner) {
    Owned owned = owners.get(owner);
    return owned == null ? FieldSet.EMPTY : owned.fields();
  }

  FieldSet all() {
    return owners.values().stream().map(Owned::fields).reduce(FieldSet.EMPTY, FieldSet::union);
  }

  /** With {@code owner} owning just these fields; an owner of nothing is dropped. */
  ManagedFields with(Owner owner, FieldSet fields, Instant now) {
    Map<Owner, Owned> result = new LinkedHashMap<>(owners);
    if (fields.isEmpty()) {
      result.remove(owner);
    } else if (!of(owner).equals(fields)) {
      result.put(owner, new Owned(fields, now.truncatedTo(ChronoUnit.SECONDS).toString()));
    }
    return new ManagedFields(result);
  }

  /** Without {@code taken} in every entry but {@code owner}'s. */
  ManagedFields withoutForOthers(Owner owner, FieldSet taken) {
    Map<Owner, Owned> result = new LinkedHashMap<>();
    owners.forEach(
        (other, owned) -> {
          FieldSet left = other.equals(owner) ? owned.fields() : owned.fields().minus(taken);
          if (!left.isEmpty()) {
            result.put(other, new Owned(left, owned.since()));
          }
        });
    return new ManagedFields(result);
  }

  void writeTo(ObjectNode object) {
    ObjectNode metadata = Meta.mutable(object);
    if (owners.isEmpty()) {
      metadata.remove(Meta.MANAGED_FIELDS);
      return;
    }
    ArrayNode entries = metadata.putArray(Meta.MANAGED_FIELDS);
    sorted().forEach(entry -> entries.add(encode(entry.getKey(), entry.getValue())));
  }

  private Stream<Map.Entry<Owner, Owned>> sorted() {
    return owners.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<Owner, Owned> e) -> e.getKey().operation())
                .thenComparing(e -> e.getValue().since())
                .thenComparing(e -> e.getKey().manager())
                .thenComparing(e -> e.getKey().apiVersion())
                .thenComparing(e -> e.getKey().subresource()));
  }

  private static JsonNode encode(Owner owner, Owned owned) {
    ObjectNode entry =
        Json.object()
            .put("manager", owner.manager())
            .put("operation", owner.operation())
            .put("apiVersion", owner.apiVersion())
            .put("time", owned.since())
            .put("fieldsType", "FieldsV1");
    entry.set("fieldsV1", owned.fields().encode());
    if (!owner.subresource().isEmpty()) {
      entry.put("subresource", owner.subresource());
    }
    return entry;
  }
}
