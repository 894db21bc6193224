package io.warmgate.local.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;

/**
 * Reads built-in kinds from Kubernetes' protobuf encoding, which kubectl and Helm send for them
 * whatever the server says. Answers are always JSON, which both accept.
 *
 * <p>{@code builtin-messages.json} holds {@code {message: {number: [JSON name, type, flags]}}},
 * flags of {@code r} (repeated), {@code m} (map), {@code p} (a zero is meant), {@code i} (inline).
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding">Kubernetes
 *     Protobuf encoding</a>
 */
public final class ProtobufMessages {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final String META = "k8s.io.apimachinery.pkg.apis.meta.v1.";

  private final JsonNode kinds;
  private final JsonNode messages;

  private ProtobufMessages(JsonNode table) {
    this.kinds = table.required("kinds");
    this.messages = table.required("messages");
  }

  /**
   * The object in a protobuf body.
   *
   * @throws IllegalArgumentException if it is not one, or of a kind that is not built in
   */
  public static ObjectNode decode(byte[] body) {
    ProtobufReader reader = new ProtobufReader(body);
    if (!reader.startsWith(MAGIC)) {
      throw new IllegalArgumentException("not Kubernetes protobuf");
    }
    String apiVersion = "";
    String kind = "";
    byte[] raw = {};
    for (ProtobufReader.Field field : reader.skip(MAGIC.length).fields()) {
      if (field.number() == 1) {
        for (ProtobufReader.Field type : field.message().fields()) {
          apiVersion = type.number() == 1 ? type.text() : apiVersion;
          kind = type.number() == 2 ? type.text() : kind;
        }
      } else if (field.number() == 2) {
        raw = field.bytes();
      }
    }
    return Table.LOADED.decode(apiVersion, kind, raw);
  }

  private ObjectNode decode(String apiVersion, String kind, byte[] raw) {
    String name =
        kind.equals("DeleteOptions")
            ? META + "DeleteOptions"
            : kinds.path(apiVersion + " " + kind).asText("");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("no protobuf form of " + apiVersion + " " + kind);
    }
    ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    fill(object, messages.required(name), new ProtobufReader(raw));
    ObjectNode metadata = Meta.mutable(object);
    if (metadata.path(Meta.CREATION_TIMESTAMP).isNull()) {
      metadata.remove(Meta.CREATION_TIMESTAMP);
    }
    return object;
  }

  private void fill(ObjectNode object, JsonNode message, ProtobufReader reader) {
    for (ProtobufReader.Field field : reader.fields()) {
      JsonNode known = message.path(Integer.toString(field.number()));
      if (known.isMissingNode()) {
        continue;
      }
      String name = known.get(0).asText();
      String type = known.get(1).asText();
      String flags = known.get(2).asText();
      if (flags.contains("i")) {
        fill(object, messages.required(type), field.message());
      } else if (flags.contains("m")) {
        entry(Json.child(object, name), type, field);
      } else if (flags.contains("r")) {
        ArrayNode array =
            object.get(name) instanceof ArrayNode existing ? existing : object.putArray(name);
        array.add(value(type, field));
      } else {
        JsonNode value = value(type, field);
        if (flags.contains("p") || !isZero(value)) {
          object.set(name, value);
        }
      }
    }
  }

  private void entry(ObjectNode map, String type, ProtobufReader.Field field) {
    String key = "";
    JsonNode value = type.equals("string") || type.equals("bytes") ? Json.text("") : Json.object();
    for (ProtobufReader.Field part : field.message().fields()) {
      if (part.number() == 1) {
        key = part.text();
      } else if (part.number() == 2) {
        value = value(type, part);
      }
    }
    map.set(key, value);
  }

  private static boolean isZero(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, ARRAY -> value.isEmpty();
      case STRING -> value.asText().isEmpty();
      case NUMBER -> value.asDouble() == 0;
      case BOOLEAN -> !value.asBoolean();
      case NULL, MISSING, POJO, BINARY -> true;
    };
  }

  private JsonNode value(String type, ProtobufReader.Field field) {
    return switch (type) {
      case "string" -> Json.text(field.text());
      case "bytes" -> Json.text(Base64.getEncoder().encodeToString(field.bytes()));
      case "bool" -> Json.bool(field.varint() != 0);
      case "int32", "int64" -> Json.number(field.varint());
      case META + "Time", META + "MicroTime" -> time(field.message());
      case META + "FieldsV1",
          "k8s.io.apimachinery.pkg.runtime.RawExtension",
          "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.JSON" ->
          raw(field.message());
      case "k8s.io.apimachinery.pkg.util.intstr.IntOrString" -> intOrString(field.message());
      case "k8s.io.apimachinery.pkg.api.resource.Quantity" -> firstText(field.message());
      default -> {
        ObjectNode object = Json.object();
        fill(object, messages.required(type), field.message());
        yield object;
      }
    };
  }

  private static JsonNode time(ProtobufReader reader) {
    long seconds = 0;
    long nanos = 0;
    boolean any = false;
    for (ProtobufReader.Field field : reader.fields()) {
      any = true;
      if (field.number() == 1) {
        seconds = field.varint();
      } else if (field.number() == 2) {
        nanos = field.varint();
      }
    }
    return any && seconds > 0
        ? Json.text(Instant.ofEpochSecond(seconds, nanos).toString())
        : Json.nothing();
  }

  private static JsonNode raw(ProtobufReader reader) {
    for (ProtobufReader.Field field : reader.fields()) {
      if (field.number() == 1 && field.bytes().length > 0) {
        try {
          return Json.scalar(field.bytes());
        } catch (IOException e) {
          throw new IllegalArgumentException("raw JSON in protobuf: " + e.getMessage(), e);
        }
      }
    }
    return Json.nothing();
  }

  private static JsonNode intOrString(ProtobufReader reader) {
    long kind = 0;
    JsonNode number = Json.number(0);
    JsonNode text = Json.text("");
    for (ProtobufReader.Field field : reader.fields()) {
      switch (field.number()) {
        case 1 -> kind = field.varint();
        case 2 -> number = Json.number(field.varint());
        case 3 -> text = Json.text(field.text());
        default -> {}
      }
    }
    return kind == 0 ? number : text;
  }

  private static JsonNode firstText(ProtobufReader reader) {
    for (ProtobufReader.Field field : reader.fields()) {
      if (field.number() == 1) {
        return Json.text(field.text());
      }
    }
    return Json.text("0");
  }

  /** Loaded with the first protobuf body alone. */
  private static final class Table {
    static final ProtobufMessages LOADED = new ProtobufMessages(load());

    private static JsonNode load() {
      try (InputStream in = ProtobufMessages.class.getResourceAsStream("builtin-messages.json")) {
        if (in == null) {
          throw new IllegalStateException("builtin-messages.json is not on the class path");
        }
        return Json.parse(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
