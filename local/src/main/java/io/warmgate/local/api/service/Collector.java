package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.store.Change;
import io.warmgate.local.api.store.ObjectKey;
import io.warmgate.local.api.store.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Deletes what outlived its reason: objects whose owners are gone, what is in a namespace that
 * ends, the objects of a definition that ends. In a real cluster the controller manager does this.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/">Garbage
 *     collection</a>
 */
final class Collector {
  private final Cluster cluster;
  private final Deletes deletes;
  private final Executor later;
  private final Map<String, Place> byUid = new HashMap<>();
  private final Map<String, Set<Place>> dependents = new HashMap<>();

  private record Place(ResourceId resource, ObjectKey key) {}

  Collector(Cluster cluster, Deletes deletes, Executor later) {
    this.cluster = cluster;
    this.deletes = deletes;
    this.later = later;
  }

  void start() {
    for (ResourceId resource : cluster.store().resources()) {
      for (ObjectNode object : List.copyOf(cluster.store().list(resource))) {
        Meta meta = Meta.of(object);
        enter(new Place(resource, new ObjectKey(meta.namespace(), meta.name())), object);
      }
    }
    for (Place place : List.copyOf(byUid.values())) {
      later.execute(() -> review(place));
    }
    cluster.store().listen(this::changed);
  }

  private void changed(Change change) {
    Place place = new Place(change.resource(), change.key());
    switch (change) {
      case Change.Created created -> {
        enter(place, created.object());
        if (!Meta.of(created.object()).owners().isEmpty()) {
          later.execute(() -> review(place));
        }
      }
      case Change.Replaced replaced -> {
        leave(place, replaced.previous());
        enter(place, replaced.object());
        boolean ownersChanged =
            !Meta.of(replaced.object()).owners().equals(Meta.of(replaced.previous()).owners());
        if (Meta.of(replaced.object()).deleting() || ownersChanged) {
          later.execute(() -> review(place));
        }
      }
      case Change.Removed removed -> {
        leave(place, removed.previous());
        byUid.remove(Meta.of(removed.previous()).uid());
        reviewThoseConcerned(removed);
      }
    }
  }

  private void enter(Place place, ObjectNode object) {
    byUid.put(Meta.of(object).uid(), place);
    for (String owner : ownerUids(object)) {
      dependents.computeIfAbsent(owner, _ -> new HashSet<>()).add(place);
    }
  }

  private void leave(Place place, ObjectNode object) {
    for (String owner : ownerUids(object)) {
      Set<Place> places = dependents.getOrDefault(owner, new HashSet<>());
      places.remove(place);
      if (places.isEmpty()) {
        dependents.remove(owner);
      }
    }
  }

  private static List<String> ownerUids(ObjectNode object) {
    return Meta.of(object).owners().stream().map(o -> o.path("uid").asText()).toList();
  }

  private void reviewThoseConcerned(Change.Removed removed) {
    Meta meta = Meta.of(removed.previous());
    for (Place dependent : Set.copyOf(dependents.getOrDefault(meta.uid(), Set.of()))) {
      later.execute(() -> review(dependent));
    }
    for (String owner : ownerUids(removed.previous())) {
      Place place = byUid.get(owner);
      if (place != null) {
        later.execute(() -> review(place));
      }
    }
    if (!meta.namespace().isEmpty()) {
      Place namespace = new Place(Cluster.NAMESPACES, new ObjectKey("", meta.namespace()));
      later.execute(() -> review(namespace));
    }
    ObjectKey definition = new ObjectKey("", removed.resource().toString());
    later.execute(() -> review(new Place(Cluster.DEFINITIONS, definition)));
  }

  /** Does what one object's state asks for; nothing if there is no such object. */
  private void review(Place place) {
    ObjectNode object = cluster.store().get(place.resource(), place.key());
    if (object == null) {
      return;
    }
    Meta meta = Meta.of(object);
    if (meta.deleting()) {
      if (place.resource().equals(Cluster.NAMESPACES)) {
        endNamespace(place, object);
      } else if (place.resource().equals(Cluster.DEFINITIONS)) {
        endDefinition(place, object);
      }
      releaseDependents(place, object);
    } else if (!meta.owners().isEmpty()) {
      collectOrphan(place, object);
    }
  }

  private void endNamespace(Place place, ObjectNode namespace) {
    boolean empty = true;
    for (ResourceId resource : cluster.store().resources()) {
      for (ObjectNode object : List.copyOf(cluster.store().list(resource))) {
        if (Meta.of(object).namespace().equals(place.key().name())) {
          empty &= deleteUnlessUnderWay(resource, object);
        }
      }
    }
    if (empty && cluster.store().get(place.resource(), place.key()) != null) {
      deletes.finish(place.resource(), place.key(), namespace);
    }
  }

  private void endDefinition(Place place, ObjectNode definition) {
    ResourceId resource =
        new ResourceId(
            definition.at("/spec/group").asText(), definition.at("/spec/names/plural").asText());
    boolean empty = true;
    for (ObjectNode object : List.copyOf(cluster.store().list(resource))) {
      empty &= deleteUnlessUnderWay(resource, object);
    }
    ObjectNode current = cluster.store().get(place.resource(), place.key());
    if (empty && current != null) {
      deletes.release(
          place.resource(), place.key(), current, CustomResourceDefinitionRules.FINALIZER);
    }
  }

  /** Whether the object is gone. */
  private boolean deleteUnlessUnderWay(ResourceId resource, ObjectNode object) {
    Meta meta = Meta.of(object);
    ObjectKey key = new ObjectKey(meta.namespace(), meta.name());
    return !meta.deleting() && deletes.delete(resource, key, object, DeleteOptions.PLAIN).gone();
  }

  private void releaseDependents(Place place, ObjectNode owner) {
    Meta meta = Meta.of(owner);
    Set<Place> owned = Set.copyOf(dependents.getOrDefault(meta.uid(), Set.of()));
    if (meta.finalizers().contains(Deletes.ORPHAN)) {
      owned.forEach(dependent -> disown(dependent, Set.of(meta.uid())));
      deletes.release(place.resource(), place.key(), owner, Deletes.ORPHAN);
    } else if (meta.finalizers().contains(Deletes.FOREGROUND)) {
      boolean blocked = false;
      for (Place dependent : owned) {
        blocked |= !deleteInForeground(dependent, meta.uid());
      }
      if (!blocked) {
        deletes.release(place.resource(), place.key(), owner, Deletes.FOREGROUND);
      }
    }
  }

  /** Whether the owner need not wait for the dependent any more. */
  private boolean deleteInForeground(Place dependent, String ownerUid) {
    ObjectNode object = cluster.store().get(dependent.resource(), dependent.key());
    if (object == null || livingOwners(object).stream().anyMatch(uid -> !uid.equals(ownerUid))) {
      return true;
    }
    boolean blocks =
        Meta.of(object).owners().stream()
            .filter(o -> o.path("uid").asText().equals(ownerUid))
            .anyMatch(o -> o.path("blockOwnerDeletion").asBoolean(false));
    return deleteUnlessUnderWay(dependent.resource(), object) || !blocks;
  }

  private List<String> livingOwners(ObjectNode object) {
    return ownerUids(object).stream().filter(byUid::containsKey).toList();
  }

  private void collectOrphan(Place place, ObjectNode object) {
    List<String> owners = ownerUids(object);
    List<String> living = livingOwners(object);
    if (living.isEmpty()) {
      deletes.delete(place.resource(), place.key(), object, DeleteOptions.PLAIN);
    } else if (living.size() < owners.size()) {
      Set<String> gone = new HashSet<>(owners);
      living.forEach(gone::remove);
      disown(place, gone);
    }
  }

  private void disown(Place place, Set<String> uids) {
    ObjectNode object = cluster.store().get(place.resource(), place.key());
    if (object == null) {
      return;
    }
    ObjectNode changed = object.deepCopy();
    List<JsonNode> left = new ArrayList<>(Meta.of(changed).owners());
    left.removeIf(owner -> uids.contains(owner.path("uid").asText()));
    ArrayNode owners = Json.array();
    left.forEach(owners::add);
    ObjectNode metadata = Meta.mutable(changed);
    if (owners.isEmpty()) {
      metadata.remove(Meta.OWNERS);
    } else {
      metadata.set(Meta.OWNERS, owners);
    }
    cluster.put(place.resource(), place.key(), changed);
  }
}
