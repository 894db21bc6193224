package io.warmgate.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.NavigableMap;

/** Where a store's objects outlive the program. */
public interface Journal extends AutoCloseable {
  /**
   * @param revision of the last change
   */
  record Content(long revision, Map<ResourceId, NavigableMap<ObjectKey, ObjectNode>> objects) {}

  /** What is there at the start. */
  Content load();

  void put(ResourceId resource, ObjectKey key, long revision, ObjectNode object);

  void remove(ResourceId resource, ObjectKey key, long revision);

  @Override
  void close();

  /** Nothing outlives the program. */
  static Journal none() {
    return new Journal() {
      @Override
      public Content load() {
        return new Content(0, Map.of());
      }

      @Override
      public void put(ResourceId resource, ObjectKey key, long revision, ObjectNode object) {}

      @Override
      public void remove(ResourceId resource, ObjectKey key, long revision) {}

      @Override
      public void close() {}
    };
  }
}
