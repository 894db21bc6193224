package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.resource.ResourceType;
import io.warmgate.local.api.schema.RuleEvaluation;
import io.warmgate.local.api.schema.Schema;
import io.warmgate.local.api.schema.Validation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an object must meet before it is stored. */
final class ObjectChecks {
  private ObjectChecks() {}

  static void checkNew(Target target, ObjectNode object, KindRules rules) {
    ResourceType.Names names = target.type().names();
    List<FieldError> errors = new ArrayList<>();
    String name = Meta.of(object).name();
    if (name.isEmpty()) {
      String words = "name or generateName is required";
      errors.add(new FieldError("metadata.name", FieldError.Type.REQUIRED, words));
    } else {
      errors.addAll(Names.check(names.plural(), names.group(), name));
    }
    errors.addAll(bySchema(target.type(), object, null));
    errors.addAll(rules.validate(object));
    refuse(target.type(), name, errors);
  }

  static void checkChanged(Target target, ObjectNode object, ObjectNode live, KindRules rules) {
    if (object.equals(live)) {
      return;
    }
    List<FieldError> errors = new ArrayList<>(bySchema(target.type(), object, live));
    if (!target.subresource().equals("status")) {
      errors.addAll(rules.validate(object));
      errors.addAll(rules.validateUpdate(object, live));
    }
    refuse(target.type(), target.name(), errors);
  }

  private static List<FieldError> bySchema(
      ResourceType type, ObjectNode object, @Nullable ObjectNode live) {
    Schema schema = type.schema();
    List<FieldError> errors = new ArrayList<>(Validation.validate(schema, object));
    if (!schema.hasRules()) {
      return errors;
    }
    if (errors.stream().anyMatch(error -> error.type().blocksRules())) {
      errors.add(RuleEvaluation.NOT_EVALUATED);
    } else {
      errors.addAll(RuleEvaluation.evaluate(schema, object, live));
    }
    return errors;
  }

  private static void refuse(ResourceType type, String name, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiException.invalid(type.names().group(), type.names().kind(), name, errors);
    }
  }

  /** Refuses a write that was made from another version, or another object, than the live one. */
  static void checkPreconditions(Target target, ObjectNode object, ObjectNode live) {
    String uid = Meta.of(object).uid();
    if (!uid.isEmpty() && !uid.equals(Meta.of(live).uid())) {
      throw target.conflict(
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Meta.of(live).uid()));
    }
    String version = Meta.of(object).resourceVersion();
    if (!version.isEmpty() && !version.equals(Meta.of(live).resourceVersion())) {
      throw target.conflict(
          "the object has been modified; please apply your changes to the latest version and try"
              + " again");
    }
  }

  static ApiException versionRequired(Target target) {
    ResourceType.Names names = target.type().names();
    FieldError error =
        new FieldError(
            "metadata.resourceVersion",
            FieldError.Type.INVALID,
            "0: must be specified for an update");
    return ApiException.invalid(names.group(), names.plural(), target.name(), List.of(error));
  }

  static void requireManager(WriteOptions options) {
    if (options.manager().isEmpty()) {
      FieldError error =
          new FieldError("fieldManager", FieldError.Type.REQUIRED, "is required for apply patch");
      throw ApiException.invalid("meta.k8s.io", "PatchOptions", "", List.of(error));
    }
  }
}
