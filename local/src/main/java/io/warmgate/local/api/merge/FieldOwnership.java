package io.warmgate.local.api.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.ApiException.FieldConflict;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.schema.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Server-side apply, and the bookkeeping that every other write owes it.
 *
 * @param schema of the object
 * @param subresource through which is written; empty for the object itself
 * @param ownsStatus whether {@code status} belongs to a subresource of its own
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 *     Apply</a>
 */
public record FieldOwnership(Schema schema, String subresource, boolean ownsStatus) {
  private static final PathElement METADATA = new PathElement.Field("metadata");
  private static final PathElement STATUS = new PathElement.Field("status");
  private static final List<String> NEVER_OWNED =
      List.of(
          Meta.NAME,
          Meta.NAMESPACE,
          Meta.UID,
          Meta.RESOURCE_VERSION,
          Meta.GENERATION,
          Meta.CREATION_TIMESTAMP,
          Meta.DELETION_TIMESTAMP,
          Meta.DELETION_GRACE,
          Meta.MANAGED_FIELDS,
          "generateName",
          "selfLink");

  /**
   * Merges an applied configuration into an object.
   *
   * @param live the object; for a new one, its bare identity
   * @param config what is applied
   * @param force whether conflicting fields are taken over
   * @return the new object, its {@code managedFields} not yet those of {@link #recordApply}
   */
  public ObjectNode apply(ObjectNode live, ObjectNode config, String manager, boolean force) {
    ManagedFields.Owner owner = owner(manager, "Apply", config);
    ManagedFields before = ManagedFields.of(live);
    FieldSet applied = ownable(TypedValue.fields(schema, config));
    ObjectNode merged = (ObjectNode) TypedValue.merge(schema, live, config);
    FieldSet othersAndMe = others(before, owner).union(applied);
    ObjectNode pruned =
        (ObjectNode) TypedValue.prune(schema, merged, before.of(owner), othersAndMe);
    if (!force) {
      refuseConflicts(before, owner, ownable(TypedValue.compare(schema, live, pruned).changed()));
    }
    return pruned;
  }

  /** Sets {@code result}'s managed fields after an apply that led from {@code live} to it. */
  public void recordApply(
      ObjectNode live, ObjectNode config, ObjectNode result, String manager, Instant now) {
    ManagedFields.Owner owner = owner(manager, "Apply", config);
    TypedValue.Difference difference = TypedValue.compare(schema, live, result);
    ManagedFields.of(live)
        .withoutForOthers(owner, ownable(difference.changed()).union(difference.removed()))
        .with(owner, ownable(TypedValue.fields(schema, config)), now)
        .writeTo(result);
  }

  /**
   * Sets {@code result}'s managed fields after any write but an apply.
   *
   * @param live what was before; for a creation, the bare identity
   * @param claimed where to take the previous managed fields from: what the writer sent, or live
   */
  public void recordUpdate(
      ObjectNode live, ObjectNode claimed, ObjectNode result, String manager, Instant now) {
    ManagedFields.Owner owner = owner(manager, "Update", result);
    TypedValue.Difference difference = TypedValue.compare(schema, live, result);
    FieldSet changed = ownable(difference.changed());
    ManagedFields before = ManagedFields.of(claimed);
    before
        .withoutForOthers(owner, changed.union(difference.removed()))
        .with(owner, before.of(owner).minus(difference.removed()).union(changed), now)
        .writeTo(result);
  }

  private void refuseConflicts(ManagedFields before, ManagedFields.Owner owner, FieldSet changed) {
    Map<ManagedFields.Owner, List<String>> conflicts = new LinkedHashMap<>();
    before
        .owners()
        .forEach(
            (other, owned) -> {
              List<String> paths = owned.fields().intersection(changed).paths();
              if (!other.equals(owner) && !paths.isEmpty()) {
                conflicts.put(other, paths);
              }
            });
    if (conflicts.isEmpty()) {
      return;
    }
    List<FieldConflict> causes = new ArrayList<>();
    conflicts.forEach(
        (o, paths) -> paths.forEach(p -> causes.add(new FieldConflict(o.toString(), p))));
    throw ApiException.applyConflict(message(conflicts, causes), causes);
  }

  private static String message(
      Map<ManagedFields.Owner, List<String>> conflicts, List<FieldConflict> causes) {
    if (causes.size() == 1) {
      FieldConflict only = causes.getFirst();
      return "Apply failed with 1 conflict: conflict with " + only.owner() + ": " + only.field();
    }
    StringBuilder text = new StringBuilder("Apply failed with " + causes.size() + " conflicts: ");
    List<String> parts = new ArrayList<>();
    conflicts.forEach(
        (o, paths) -> {
          String plural = paths.size() == 1 ? "conflict with " : "conflicts with ";
          String list =
              paths.size() == 1 ? " " + paths.getFirst() : "\n- " + String.join("\n- ", paths);
          parts.add(plural + o + ":" + list);
        });
    return text.append(String.join("\n", parts)).toString();
  }

  private ManagedFields.Owner owner(String manager, String operation, ObjectNode object) {
    String apiVersion = object.path("apiVersion").asText("");
    return new ManagedFields.Owner(manager, operation, apiVersion, subresource);
  }

  private static FieldSet others(ManagedFields fields, ManagedFields.Owner me) {
    return fields.owners().entrySet().stream()
        .filter(e -> !e.getKey().equals(me))
        .map(e -> e.getValue().fields())
        .reduce(FieldSet.EMPTY, FieldSet::union);
  }

  /** Without what nobody owns: identity, the server's own fields, what this path cannot write. */
  private FieldSet ownable(FieldSet set) {
    FieldSet result =
        new FieldSet(false, set.children())
            .without(new PathElement.Field("apiVersion"))
            .without(new PathElement.Field("kind"));
    for (String field : NEVER_OWNED) {
      result = result.without(METADATA, new PathElement.Field(field));
    }
    FieldSet metadata = result.child(METADATA);
    if (metadata != null) {
      FieldSet inner = new FieldSet(false, metadata.children());
      FieldSet rest = result.without(METADATA);
      result = inner.isEmpty() ? rest : rest.union(only(METADATA, inner));
    }
    if (!ownsStatus) {
      return result;
    }
    FieldSet status = result.child(STATUS);
    return switch (subresource) {
      case "status" -> status == null ? FieldSet.EMPTY : only(STATUS, status);
      default -> result.without(STATUS);
    };
  }

  private static FieldSet only(PathElement step, FieldSet set) {
    SortedMap<PathElement, FieldSet> children = new TreeMap<>();
    children.put(step, set);
    return new FieldSet(false, children);
  }

  /** The part of an object that identifies it: what a creation starts from. */
  public static ObjectNode identity(JsonNode object) {
    ObjectNode identity = Json.object();
    identity.set("apiVersion", object.path("apiVersion"));
    identity.set("kind", object.path("kind"));
    ObjectNode metadata = identity.putObject("metadata");
    metadata.put(Meta.NAME, Meta.of(object).name());
    if (!Meta.of(object).namespace().isEmpty()) {
      metadata.put(Meta.NAMESPACE, Meta.of(object).namespace());
    }
    return identity;
  }
}
