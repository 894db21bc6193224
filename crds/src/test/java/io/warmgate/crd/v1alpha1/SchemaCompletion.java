package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Adds to a generated schema what the generator has no annotation for: list types, and texts. */
final class SchemaCompletion {
  private static final Map<String, String> CONDITION =
      Map.of(
          "type", "What the condition is about.",
          "status", "True, False or Unknown.",
          "reason", "Why, in one word out of a documented list.",
          "message", "Why, for people.",
          "lastTransitionTime", "When the status last changed.",
          "observedGeneration", "The metadata.generation that the condition is about.");

  void complete(JSONSchemaProps schema, Class<?> kind) {
    describe(schema, kind);
    ParameterizedType resource = (ParameterizedType) kind.getGenericSuperclass();
    if (resource.getRawType() != CustomResource.class) {
      throw new IllegalArgumentException(kind + " is not a CustomResource itself");
    }
    completeProperty(schema, "spec", resource.getActualTypeArguments()[0], "What is asked.");
    completeProperty(schema, "status", resource.getActualTypeArguments()[1], "What became of it.");
  }

  private void completeProperty(JSONSchemaProps parent, String name, Type type, String text) {
    JSONSchemaProps schema = property(parent, name);
    schema.setDescription(text);
    completeRecord(schema, (Class<?>) type);
  }

  private void completeRecord(JSONSchemaProps schema, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      JSONSchemaProps property = property(schema, wireName(component));
      listKeys(type, component).ifPresent(keys -> makeMap(property, keys));
      completeType(property, component.getGenericType());
    }
  }

  private void completeType(JSONSchemaProps schema, Type type) {
    switch (type) {
      case ParameterizedType list when list.getRawType() == List.class ->
          completeType(schema.getItems().getSchema(), list.getActualTypeArguments()[0]);
      case Class<?> record when record.isRecord() && "object".equals(schema.getType()) ->
          completeRecord(schema, record);
      case Class<?> condition when condition == Condition.class -> completeCondition(schema);
      default -> {
        // a value, or a type of Kubernetes' own
      }
    }
  }

  private static void completeCondition(JSONSchemaProps schema) {
    CONDITION.forEach((name, text) -> property(schema, name).setDescription(text));
    property(schema, "lastTransitionTime").setFormat("date-time");
    schema.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
  }

  private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
    return Objects.requireNonNull(schema.getProperties().get(name), name);
  }

  private static void makeMap(JSONSchemaProps schema, List<String> keys) {
    schema.setXKubernetesListType("map");
    schema.setXKubernetesListMapKeys(keys);
  }

  private static void describe(JSONSchemaProps schema, Class<?> type) {
    Optional.ofNullable(type.getAnnotation(JsonClassDescription.class))
        .ifPresent(description -> schema.setDescription(description.value()));
  }

  private static Optional<List<String>> listKeys(Class<?> type, RecordComponent component) {
    try {
      return Optional.ofNullable(
              type.getDeclaredField(component.getName()).getAnnotation(ListMapKey.class))
          .map(keys -> List.of(keys.value()));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String wireName(RecordComponent component) {
    return Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
        .map(JsonProperty::value)
        .orElse(component.getName());
  }
}
