package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.store.ObjectKey;
import io.warmgate.local.api.store.ResourceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Deletion: at once, or marked and left to those who finish it. */
public final class Deletes {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";
  private static final ResourceId PODS = new ResourceId("", "pods");
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final Cluster cluster;

  Deletes(Cluster cluster) {
    this.cluster = cluster;
  }

  /** The object that was deleted, and whether it is gone or only marked. */
  public record Outcome(ObjectNode object, boolean gone) {}

  public Outcome delete(Target target, DeleteOptions options) {
    ObjectNode live = cluster.required(target);
    Meta meta = Meta.of(live);
    options
        .uid()
        .filter(uid -> !uid.equals(meta.uid()))
        .ifPresent(uid -> refuse(target, "UID", uid, meta.uid()));
    options
        .resourceVersion()
        .filter(version -> !version.equals(meta.resourceVersion()))
        .ifPresent(version -> refuse(target, "ResourceVersion", version, meta.resourceVersion()));
    if (options.persistence() == WriteOptions.Persistence.DRY_RUN) {
      return new Outcome(live, false);
    }
    return delete(target.type().id(), target.key(), live, options);
  }

  private static void refuse(Target target, String what, String wanted, String actual) {
    throw target.conflict(
        "Precondition failed: %s in precondition: %s, %s in object meta: %s"
            .formatted(what, wanted, what, actual));
  }

  Outcome delete(ResourceId resource, ObjectKey key, ObjectNode live, DeleteOptions options) {
    ObjectNode marked = live.deepCopy();
    List<String> finalizers = new ArrayList<>(Meta.of(live).finalizers());
    addFinalizer(finalizers, options.propagation());
    ObjectNode metadata = Meta.mutable(marked);
    setFinalizers(metadata, finalizers);
    long grace = grace(resource, live, options);
    boolean waits = !finalizers.isEmpty() || grace > 0 || resource.equals(Cluster.NAMESPACES);
    if (!waits) {
      cluster.remove(resource, key, live);
      return new Outcome(live, true);
    }
    if (!Meta.of(live).deleting()) {
      metadata.put(
          Meta.DELETION_TIMESTAMP,
          Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(grace).toString());
      metadata.set(Meta.DELETION_GRACE, Json.number(grace));
      if (metadata.has(Meta.GENERATION)) {
        metadata.set(Meta.GENERATION, Json.number(Meta.of(live).generation() + 1));
      }
    } else if (grace < Meta.of(live).get(Meta.DELETION_GRACE).asLong(0)) {
      metadata.set(Meta.DELETION_GRACE, Json.number(grace));
    }
    if (resource.equals(Cluster.NAMESPACES)) {
      Json.child(marked, "status").put("phase", "Terminating");
    }
    ObjectNode result = marked.equals(live) ? live : cluster.put(resource, key, marked);
    return new Outcome(result, false);
  }

  private static void addFinalizer(List<String> finalizers, DeleteOptions.Propagation propagation) {
    switch (propagation) {
      case FOREGROUND -> addOnce(finalizers, FOREGROUND);
      case ORPHAN -> addOnce(finalizers, ORPHAN);
      case BACKGROUND -> {}
    }
  }

  private static void addOnce(List<String> list, String item) {
    if (!list.contains(item)) {
      list.add(item);
    }
  }

  static void setFinalizers(ObjectNode metadata, List<String> finalizers) {
    if (finalizers.isEmpty()) {
      metadata.remove(Meta.FINALIZERS);
    } else {
      ArrayNode array = metadata.putArray(Meta.FINALIZERS);
      finalizers.forEach(array::add);
    }
  }

  /** How long a pod is given to end: only one that runs somewhere is given any time. */
  private static long grace(ResourceId resource, ObjectNode live, DeleteOptions options) {
    boolean running =
        resource.equals(PODS)
            && !live.at("/spec/nodeName").asText("").isEmpty()
            && !ENDED.contains(live.at("/status/phase").asText());
    return running
        ? options.grace().orElse(live.at("/spec/terminationGracePeriodSeconds").asLong(30))
        : 0;
  }

  /** Takes a finalizer from an object; the last one lets it go. */
  void release(ResourceId resource, ObjectKey key, ObjectNode live, String finalizer) {
    ObjectNode changed = live.deepCopy();
    List<String> left = new ArrayList<>(Meta.of(live).finalizers());
    if (left.remove(finalizer)) {
      setFinalizers(Meta.mutable(changed), left);
      removeIfReleased(resource, key, cluster.put(resource, key, changed));
    }
  }

  /** Removes an object that is marked as deleted and that nobody holds any more. */
  void removeIfReleased(ResourceId resource, ObjectKey key, ObjectNode object) {
    Meta meta = Meta.of(object);
    boolean held =
        !meta.finalizers().isEmpty()
            || meta.get(Meta.DELETION_GRACE).asLong(0) > 0
            || resource.equals(Cluster.NAMESPACES);
    if (meta.deleting() && !held) {
      cluster.remove(resource, key, object);
    }
  }

  /** Lets a namespace go, whose content is gone. */
  void finish(ResourceId resource, ObjectKey key, ObjectNode object) {
    cluster.remove(resource, key, object);
  }
}
