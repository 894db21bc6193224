package io.warmgate.local.api.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A view of an object's {@code metadata}; absent strings read as empty.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/">ObjectMeta</a>
 */
public record Meta(JsonNode object) {
  public static final String NAME = "name";
  public static final String NAMESPACE = "namespace";
  public static final String UID = "uid";
  public static final String RESOURCE_VERSION = "resourceVersion";
  public static final String GENERATION = "generation";
  public static final String CREATION_TIMESTAMP = "creationTimestamp";
  public static final String DELETION_TIMESTAMP = "deletionTimestamp";
  public static final String DELETION_GRACE = "deletionGracePeriodSeconds";
  public static final String FINALIZERS = "finalizers";
  public static final String OWNERS = "ownerReferences";
  public static final String MANAGED_FIELDS = "managedFields";

  public static Meta of(JsonNode object) {
    return new Meta(object);
  }

  /** The metadata to write to, created where there is none. */
  public static ObjectNode mutable(ObjectNode object) {
    return Json.child(object, "metadata");
  }

  public JsonNode get(String field) {
    return object.path("metadata").path(field);
  }

  public String text(String field) {
    return get(field).asText("");
  }

  public String name() {
    return text(NAME);
  }

  public String namespace() {
    return text(NAMESPACE);
  }

  public String uid() {
    return text(UID);
  }

  public String resourceVersion() {
    return text(RESOURCE_VERSION);
  }

  public long generation() {
    return get(GENERATION).asLong(0);
  }

  public boolean deleting() {
    return !text(DELETION_TIMESTAMP).isEmpty();
  }

  public List<String> finalizers() {
    return Json.strings(get(FINALIZERS));
  }

  public List<ObjectNode> owners() {
    return Json.objects(get(OWNERS));
  }

  public String label(String key) {
    return get("labels").path(key).asText("");
  }
}
