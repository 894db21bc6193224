package io.warmgate.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.RedisCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The documents of one file. What an API server would have written (uid, generation, namespace,
 * time) is filled in where it is missing; the pseudo-kind {@code Fleet} says what pods do.
 */
final class Resources {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Stream.of(
              ApiGateway.class,
              ApiRoute.class,
              ApiConsumer.class,
              AiModelBackend.class,
              CachePolicy.class,
              CacheInvalidation.class,
              RedisCache.class,
              CacheWarmup.class,
              ConfigMap.class,
              Service.class,
              Secret.class)
          .collect(Collectors.toMap(HasMetadata::getKind, type -> type));

  private final List<HasMetadata> objects = new ArrayList<>();
  private JsonNode fleet = YAML.createObjectNode();

  static Resources read(Path file) {
    Resources resources = new Resources();
    try (var documents =
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
      while (documents.hasNextValue()) {
        resources.add((ObjectNode) documents.nextValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
    return resources;
  }

  private void add(ObjectNode document) {
    String kind = document.path("kind").asText();
    if (kind.equals("Fleet")) {
      fleet = document;
      return;
    }
    Class<? extends HasMetadata> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("kind '" + kind + "' is not among " + KINDS.keySet());
    }
    ObjectNode metadata = document.withObject("/metadata");
    byDefault(metadata, "namespace", "shop");
    byDefault(
        metadata, "uid", kind.toLowerCase(Locale.ROOT) + "-" + metadata.path("name").asText());
    byDefault(metadata, "creationTimestamp", "2026-01-01T00:00:00Z");
    if (!metadata.has("generation")) {
      metadata.put("generation", 1);
    }
    objects.add(Serialization.unmarshal(document.toString(), type));
  }

  private static void byDefault(ObjectNode metadata, String field, String value) {
    if (!metadata.has(field)) {
      metadata.put(field, value);
    }
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  JsonNode fleet() {
    return fleet;
  }
}
