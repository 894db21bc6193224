package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.ServiceAddresses;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.resource.BuiltInTypes;
import io.warmgate.local.api.resource.ResourceRegistry;
import io.warmgate.local.api.store.ObjectKey;
import io.warmgate.local.api.store.ObjectStore;
import io.warmgate.local.api.store.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;

/** The state behind the API and everything that works on it. One thread uses it. */
public final class Cluster {
  static final ResourceId NAMESPACES = new ResourceId("", "namespaces");
  static final ResourceId DEFINITIONS =
      new ResourceId("apiextensions.k8s.io", "customresourcedefinitions");
  private static final List<String> FIRST_NAMESPACES =
      List.of("default", "kube-node-lease", "kube-public", "kube-system");

  private final ObjectStore store;
  private final ResourceRegistry registry = new ResourceRegistry(new BuiltInTypes());
  private final Rules rules;
  private final Writes writes;
  private final Deletes deletes;

  /**
   * @param later runs a task after the present one, on the same thread
   */
  public Cluster(ObjectStore store, ServiceAddresses addresses, Executor later) {
    this.store = store;
    this.rules = new Rules(registry, addresses);
    this.writes = new Writes(this);
    this.deletes = new Deletes(this);
    for (ResourceId resource : store.resources()) {
      store.list(resource).forEach(rules.of(resource)::stored);
    }
    Collector collector = new Collector(this, deletes, later);
    collector.start();
    FIRST_NAMESPACES.forEach(this::ensureNamespace);
  }

  private void ensureNamespace(String name) {
    if (store.get(NAMESPACES, new ObjectKey("", name)) == null) {
      Target target = new Target(registry.required("", "v1", "namespaces"), "", "", "");
      ObjectNode namespace = Json.object();
      Meta.mutable(namespace).put(Meta.NAME, name);
      writes.create(target, namespace, server());
    }
  }

  private static WriteOptions server() {
    return new WriteOptions(
        WriteOptions.Persistence.KEPT,
        "kube-apiserver",
        WriteOptions.FieldValidation.STRICT,
        WriteOptions.Force.NO,
        Instant.now());
  }

  public ObjectStore store() {
    return store;
  }

  public ResourceRegistry registry() {
    return registry;
  }

  public Writes writes() {
    return writes;
  }

  public Deletes deletes() {
    return deletes;
  }

  KindRules rulesOf(ResourceId resource) {
    return rules.of(resource);
  }

  /** The object of a target. */
  public ObjectNode required(Target target) {
    ObjectNode object = store.get(target.type().id(), target.key());
    if (object == null) {
      throw target.notFound();
    }
    return object;
  }

  /** Stores an object whose writing nothing stands against any more. */
  ObjectNode put(ResourceId resource, ObjectKey key, ObjectNode object) {
    ObjectNode stored = store.put(resource, key, object);
    rulesOf(resource).stored(stored);
    return stored;
  }

  void remove(ResourceId resource, ObjectKey key, ObjectNode object) {
    store.remove(resource, key);
    rulesOf(resource).removed(object);
  }
}
