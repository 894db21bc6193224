package io.warmgate.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Meta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All objects at their latest revision, and the last changes, so that a watch can go on where it
 * ended. Revisions are one ascending count over all resources. One thread uses it.
 */
public final class ObjectStore {
  private final int logCapacity;
  private final Journal journal;
  private final Map<ResourceId, NavigableMap<ObjectKey, ObjectNode>> objects = new HashMap<>();
  private final Deque<Change> log = new ArrayDeque<>();
  private final List<Consumer<Change>> listeners = new ArrayList<>();
  private long revision;
  private long forgotten;

  /**
   * @param logCapacity how many changes are kept for watches to resume from
   * @param journal what this store writes to; its content becomes the store's
   */
  public ObjectStore(int logCapacity, Journal journal) {
    this.logCapacity = logCapacity;
    this.journal = journal;
    Journal.Content content = journal.load();
    content.objects().forEach((id, all) -> objects.put(id, new TreeMap<>(all)));
    revision = Math.max(1, content.revision());
    forgotten = revision;
  }

  public long revision() {
    return revision;
  }

  public @Nullable ObjectNode get(ResourceId resource, ObjectKey key) {
    return of(resource).get(key);
  }

  /** The objects of a resource in the order of their keys. */
  public Collection<ObjectNode> list(ResourceId resource) {
    return of(resource).values();
  }

  /** The resources that have objects or had. */
  public List<ResourceId> resources() {
    return List.copyOf(objects.keySet());
  }

  private NavigableMap<ObjectKey, ObjectNode> of(ResourceId resource) {
    return objects.computeIfAbsent(resource, _ -> new TreeMap<>());
  }

  /**
   * Stores an object, new or changed, and gives it its resource version.
   *
   * @param object is the store's from now on; the caller no longer changes it
   */
  public ObjectNode put(ResourceId resource, ObjectKey key, ObjectNode object) {
    long next = revision + 1;
    Meta.mutable(object).put(Meta.RESOURCE_VERSION, Long.toString(next));
    revision = next;
    ObjectNode previous = of(resource).put(key, object);
    journal.put(resource, key, next, object);
    publish(
        previous == null
            ? new Change.Created(resource, key, next, object)
            : new Change.Replaced(resource, key, next, object, previous));
    return object;
  }

  /** Removes an object that is there. */
  public void remove(ResourceId resource, ObjectKey key) {
    ObjectNode previous = of(resource).remove(key);
    if (previous == null) {
      throw new IllegalStateException(resource + " " + key + " is not there");
    }
    revision++;
    ObjectNode last = previous.deepCopy();
    Meta.mutable(last).put(Meta.RESOURCE_VERSION, Long.toString(revision));
    journal.remove(resource, key, revision);
    publish(new Change.Removed(resource, key, revision, last, previous));
  }

  private void publish(Change change) {
    log.addLast(change);
    if (log.size() > logCapacity) {
      forgotten = log.removeFirst().revision();
    }
    List.copyOf(listeners).forEach(listener -> listener.accept(change));
  }

  /**
   * The changes after a revision, oldest first.
   *
   * @throws ApiException 410 if they are no longer all kept
   */
  public List<Change> since(long after) {
    if (after < forgotten) {
      throw ApiException.expired(after, forgotten);
    }
    return log.stream().filter(change -> change.revision() > after).toList();
  }

  /**
   * Tells {@code listener} of every change from now on, in order, before the change's writer goes
   * on.
   *
   * @return ends that
   */
  public Runnable listen(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
