package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.FieldError;
import java.util.List;

/** What one kind asks for beyond its schema. The default asks for nothing. */
interface KindRules {
  KindRules NONE = new KindRules() {};

  /** Completes a new object; {@code object} is changed in place. */
  default void prepareCreate(ObjectNode object) {}

  /** Completes a changed object; {@code object} is changed in place. */
  default void prepareUpdate(ObjectNode object, ObjectNode old) {}

  /** Adds what the server chooses, which nobody who writes owns; changed in place. */
  default void allocate(ObjectNode object, JsonNode old) {}

  /** What is wrong with an object that fits its schema. */
  default List<FieldError> validate(ObjectNode object) {
    return List.of();
  }

  /** What is wrong with a change. */
  default List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    return List.of();
  }

  /** An object of the kind is stored. */
  default void stored(ObjectNode object) {}

  /** An object of the kind is gone. */
  default void removed(ObjectNode object) {}
}
