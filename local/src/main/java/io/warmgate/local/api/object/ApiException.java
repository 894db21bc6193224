package io.warmgate.local.api.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A refusal: the {@code Status} object that a client gets instead of what it asked for. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ObjectNode status;
  private final int code;

  private ApiException(int code, String reason, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", message);
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    status.put("code", code);
  }

  public ObjectNode status() {
    return status;
  }

  public int code() {
    return code;
  }

  private ApiException details(String name, String group, String kind) {
    ObjectNode details = Json.child(status, "details");
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    details.put("kind", kind);
    return this;
  }

  private static String qualified(String resource, String group) {
    return group.isEmpty() ? resource : resource + "." + group;
  }

  public static ApiException notFound(String group, String plural, String name) {
    return new ApiException(
            404, "NotFound", qualified(plural, group) + " \"" + name + "\" not found")
        .details(name, group, plural);
  }

  /** No such path, as a client sees it that asks for a resource that is not served. */
  public static ApiException noSuchPath() {
    return new ApiException(404, "NotFound", "the server could not find the requested resource");
  }

  public static ApiException alreadyExists(String group, String plural, String name) {
    return new ApiException(
            409, "AlreadyExists", qualified(plural, group) + " \"" + name + "\" already exists")
        .details(name, group, plural);
  }

  /** 409 for one object: {@code cause} completes the sentence. */
  public static ApiException conflict(String group, String plural, String name, String cause) {
    return new ApiException(
            409,
            "Conflict",
            "Operation cannot be fulfilled on %s \"%s\": %s"
                .formatted(qualified(plural, group), name, cause))
        .details(name, group, plural);
  }

  /** 409 of server-side apply; each cause has the reason {@code FieldManagerConflict}. */
  public static ApiException applyConflict(String message, List<FieldConflict> conflicts) {
    ApiException exception = new ApiException(409, "Conflict", message);
    ArrayNode causes = Json.child(exception.status, "details").putArray("causes");
    for (FieldConflict conflict : conflicts) {
      causes
          .addObject()
          .put("reason", "FieldManagerConflict")
          .put("message", "conflict with " + conflict.owner())
          .put("field", conflict.field());
    }
    return exception;
  }

  /**
   * A field that another manager owns.
   *
   * @param owner who, as in {@code "kubectl" using apps/v1}
   */
  public record FieldConflict(String owner, String field) {}

  public static ApiException invalid(
      String group, String kind, String name, List<FieldError> errors) {
    String all = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
    ApiException exception =
        new ApiException(
                422,
                "Invalid",
                "%s \"%s\" is invalid: %s"
                    .formatted(
                        qualified(kind, group), name, errors.size() == 1 ? all : "[" + all + "]"))
            .details(name, group, kind);
    ArrayNode causes = Json.child(exception.status, "details").putArray("causes");
    for (FieldError error : errors) {
      causes
          .addObject()
          .put("reason", error.type().reason())
          .put("message", error.message())
          .put("field", error.field());
    }
    return exception;
  }

  /** 422 for a patch whose {@code test} fails or whose path is not there. */
  public static ApiException patchFailed() {
    ApiException exception =
        new ApiException(
            422, "Invalid", "the server rejected our request due to an error in our request");
    Json.child(exception.status, "details");
    return exception;
  }

  public static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message);
  }

  public static ApiException forbidden(String group, String plural, String name, String why) {
    return new ApiException(
            403,
            "Forbidden",
            "%s \"%s\" is forbidden: %s".formatted(qualified(plural, group), name, why))
        .details(name, group, plural);
  }

  public static ApiException unauthorized() {
    return new ApiException(401, "Unauthorized", "Unauthorized");
  }

  public static ApiException methodNotAllowed() {
    return new ApiException(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  /** 415: a body or a patch in none of the media types that are understood here. */
  public static ApiException unsupportedMediaType(List<String> accepted) {
    return new ApiException(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + String.join(", ", accepted));
  }

  /** 410: the events since that version are no longer kept; the client must list again. */
  public static ApiException expired(long asked, long oldest) {
    return new ApiException(
        410, "Expired", "too old resource version: %d (%d)".formatted(asked, oldest));
  }

  public static ApiException internal(String message) {
    return new ApiException(500, "", message);
  }
}
