package io.warmgate.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One change of one object, at one revision of the store. */
public sealed interface Change {
  ResourceId resource();

  ObjectKey key();

  long revision();

  /** The object after the change; for a removal, its last state with the removal's revision. */
  ObjectNode object();

  record Created(ResourceId resource, ObjectKey key, long revision, ObjectNode object)
      implements Change {}

  record Replaced(
      ResourceId resource, ObjectKey key, long revision, ObjectNode object, ObjectNode previous)
      implements Change {}

  record Removed(
      ResourceId resource, ObjectKey key, long revision, ObjectNode object, ObjectNode previous)
      implements Change {}
}
