package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.merge.FieldOwnership;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.resource.ResourceType;
import io.warmgate.local.api.schema.Defaulting;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Create, update, patch and apply. */
public final class Writes {
  private static final String SUFFIX_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private final Cluster cluster;

  Writes(Cluster cluster) {
    this.cluster = cluster;
  }

  /** How a write is entered into the object's managed fields. */
  @FunctionalInterface
  private interface Bookkeeping {
    /**
     * @param before the object before; its bare identity on creation
     */
    void record(ObjectNode before, ObjectNode result);
  }

  public Written create(Target collection, JsonNode body, WriteOptions options) {
    ResourceType type = collection.type();
    Decoder.Decoded decoded = Decoder.decode(type, body, options.validation());
    ObjectNode object = decoded.object();
    Target target = named(collection, object);
    FieldOwnership ownership = ownership(target);
    if (!type.verbs().contains("get")) {
      ObjectNode identity = FieldOwnership.identity(object);
      ownership.recordUpdate(identity, identity, object, options.manager(), options.now());
      return new Written(201, Reviews.answer(object), decoded.warnings());
    }
    ObjectNode created =
        createDecoded(
            target,
            object,
            options,
            (before, result) ->
                ownership.recordUpdate(before, before, result, options.manager(), options.now()));
    return new Written(201, created, decoded.warnings());
  }

  private ObjectNode createDecoded(
      Target target, ObjectNode object, WriteOptions options, Bookkeeping bookkeeping) {
    ResourceType type = target.type();
    refuseClosedNamespace(target);
    ObjectNode identity = FieldOwnership.identity(object);
    ObjectNode metadata = Meta.mutable(object);
    metadata.remove(
        List.of(
            Meta.RESOURCE_VERSION,
            Meta.DELETION_TIMESTAMP,
            Meta.DELETION_GRACE,
            Meta.MANAGED_FIELDS,
            Meta.GENERATION,
            "selfLink"));
    metadata.put(Meta.UID, UUID.randomUUID().toString());
    metadata.put(Meta.CREATION_TIMESTAMP, options.now().truncatedTo(ChronoUnit.SECONDS).toString());
    if (Generations.has(type)) {
      metadata.set(Meta.GENERATION, Json.number(1));
    }
    if (type.subresources().status()) {
      object.remove("status");
    }
    cluster.rulesOf(type.id()).prepareCreate(object);
    ObjectChecks.checkNew(target, object, cluster.rulesOf(type.id()));
    bookkeeping.record(identity, object);
    cluster.rulesOf(type.id()).allocate(object, identity);
    if (cluster.store().get(type.id(), target.key()) != null) {
      throw ApiException.alreadyExists(type.names().group(), type.names().plural(), target.name());
    }
    return options.dryRun() ? object : cluster.put(type.id(), target.key(), object);
  }

  /** The target with the object's name, made up from {@code generateName} where it has none. */
  private Target named(Target collection, ObjectNode object) {
    ObjectNode metadata = Meta.mutable(object);
    Meta meta = Meta.of(object);
    if (meta.name().isEmpty() && !meta.text("generateName").isEmpty()) {
      metadata.put(Meta.NAME, meta.text("generateName") + suffix());
    }
    inNamespace(collection, metadata);
    return new Target(collection.type(), collection.namespace(), meta.name(), "");
  }

  private static void inNamespace(Target target, ObjectNode metadata) {
    String given = metadata.path(Meta.NAMESPACE).asText("");
    if (!target.type().names().namespaced()) {
      metadata.remove(Meta.NAMESPACE);
    } else if (given.isEmpty() || given.equals(target.namespace())) {
      metadata.put(Meta.NAMESPACE, target.namespace());
    } else {
      throw ApiException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  private static String suffix() {
    return ThreadLocalRandom.current()
        .ints(5, 0, SUFFIX_ALPHABET.length())
        .mapToObj(i -> String.valueOf(SUFFIX_ALPHABET.charAt(i)))
        .reduce("", String::concat);
  }

  private void refuseClosedNamespace(Target target) {
    if (target.namespace().isEmpty()) {
      return;
    }
    Target namespace =
        new Target(cluster.registry().required("", "v1", "namespaces"), "", target.namespace(), "");
    if (Meta.of(cluster.required(namespace)).deleting()) {
      throw ApiException.forbidden(
          target.type().names().group(),
          target.type().names().plural(),
          target.name(),
          "unable to create new content in namespace %s because it is being terminated"
              .formatted(target.namespace()));
    }
  }

  public Written update(Target target, JsonNode body, WriteOptions options) {
    ObjectNode live = served(target);
    if (target.subresource().equals("scale")) {
      return new Written(
          200, Scales.scale(target.type(), putScale(target, live, body, options)), List.of());
    }
    Decoder.Decoded decoded = Decoder.decode(target.type(), body, options.validation());
    ObjectNode object = decoded.object();
    inNamespace(target, Meta.mutable(object));
    String name = Meta.of(object).name();
    if (!name.equals(target.name())) {
      throw ApiException.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, target.name()));
    }
    if (target.type().isCustom() && Meta.of(object).resourceVersion().isEmpty()) {
      throw ObjectChecks.versionRequired(target);
    }
    return new Written(200, replace(target, live, object, options), decoded.warnings());
  }

  private ObjectNode putScale(
      Target target, ObjectNode live, JsonNode scale, WriteOptions options) {
    ObjectNode changed = live.deepCopy();
    Scales.setReplicas(target.type(), changed, scale);
    JsonNode version = Meta.of(scale).get(Meta.RESOURCE_VERSION);
    if (version.isTextual() && !version.asText().isEmpty()) {
      Meta.mutable(changed).set(Meta.RESOURCE_VERSION, version);
    }
    return replace(target, live, changed, options);
  }

  public Written patch(Target target, PatchBody patch, WriteOptions options) {
    return switch (patch) {
      case PatchBody.Apply(JsonNode config) -> apply(target, config, options);
      case PatchBody.Change change -> {
        ObjectNode live = served(target);
        if (target.subresource().equals("scale")) {
          JsonNode scale = change.applyTo(Scales.SCHEMA, Scales.scale(target.type(), live));
          ObjectNode changed = putScale(target, live, scale, options);
          yield new Written(200, Scales.scale(target.type(), changed), List.of());
        }
        JsonNode patched = change.applyTo(target.type().schema(), live);
        Decoder.Decoded decoded = Decoder.decode(target.type(), patched, options.validation());
        ObjectNode result = replace(target, live, decoded.object(), options);
        yield new Written(200, result, decoded.warnings());
      }
    };
  }

  /** The live object in the version that is asked for. */
  private ObjectNode served(Target target) {
    ObjectNode live = cluster.required(target);
    String apiVersion = target.type().names().apiVersion();
    return live.path("apiVersion").asText().equals(apiVersion)
        ? live
        : live.deepCopy().put("apiVersion", apiVersion);
  }

  private ObjectNode replace(
      Target target, ObjectNode live, ObjectNode object, WriteOptions options) {
    ObjectNode claimed =
        Meta.of(object).get(Meta.MANAGED_FIELDS).isArray() ? object.deepCopy() : live;
    return replace(
        target,
        live,
        object,
        options,
        (before, result) ->
            ownership(target)
                .recordUpdate(before, claimed, result, options.manager(), options.now()));
  }

  private ObjectNode replace(
      Target target,
      ObjectNode live,
      ObjectNode object,
      WriteOptions options,
      Bookkeeping bookkeeping) {
    ResourceType type = target.type();
    KindRules rules = cluster.rulesOf(type.id());
    ObjectChecks.checkPreconditions(target, object, live);
    ObjectNode next = Scopes.limit(target, object, live);
    if (target.subresource().isEmpty() || target.subresource().equals("scale")) {
      rules.prepareUpdate(next, live);
      Generations.advance(type, next, live);
    }
    ObjectChecks.checkChanged(target, next, live, rules);
    bookkeeping.record(live, next);
    if (!target.subresource().equals("status")) {
      rules.allocate(next, live);
    }
    if (next.equals(live)) {
      return live;
    }
    if (options.dryRun()) {
      return next;
    }
    ObjectNode stored = cluster.put(type.id(), target.key(), next);
    cluster.deletes().removeIfReleased(target.type().id(), target.key(), stored);
    return stored;
  }

  private Written apply(Target target, JsonNode config, WriteOptions options) {
    ResourceType type = target.type();
    ObjectChecks.requireManager(options);
    if (target.subresource().equals("scale")) {
      throw ApiException.unsupportedMediaType(
          List.of("application/json-patch+json", "application/merge-patch+json"));
    }
    ObjectNode wanted = AppliedConfigs.read(target, config);
    FieldOwnership ownership = ownership(target);
    ObjectNode existing = cluster.store().get(type.id(), target.key());
    boolean force = options.force() == WriteOptions.Force.YES;
    if (existing == null) {
      if (!target.subresource().isEmpty()) {
        throw target.notFound();
      }
      ObjectNode identity = FieldOwnership.identity(wanted);
      ObjectNode object = ownership.apply(identity, wanted, options.manager(), force);
      Defaulting.apply(type.schema(), object);
      ObjectNode created =
          createDecoded(
              target,
              object,
              options,
              (before, result) ->
                  ownership.recordApply(before, wanted, result, options.manager(), options.now()));
      return new Written(201, created, List.of());
    }
    ObjectNode live = served(target);
    ObjectNode object = ownership.apply(live, wanted, options.manager(), force);
    Defaulting.apply(type.schema(), object);
    ObjectNode result =
        replace(
            target,
            live,
            object,
            options,
            (before, changed) ->
                ownership.recordApply(before, wanted, changed, options.manager(), options.now()));
    return new Written(200, result, List.of());
  }

  private static FieldOwnership ownership(Target target) {
    ResourceType type = target.type();
    return new FieldOwnership(type.schema(), target.subresource(), type.subresources().status());
  }
}
