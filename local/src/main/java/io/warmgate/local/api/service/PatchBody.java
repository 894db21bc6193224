package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.warmgate.local.api.merge.MergePatch;
import io.warmgate.local.api.merge.StrategicMerge;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.schema.Schema;

/** A patch in one of its forms, told apart by content type. */
public sealed interface PatchBody {
  /** Server-side apply. */
  record Apply(JsonNode config) implements PatchBody {}

  /** A change to the object as it is. */
  sealed interface Change extends PatchBody {
    /**
     * The object with the patch; the object itself stays as it is.
     *
     * @throws ApiException 422 or 400 if the patch does not fit
     */
    JsonNode applyTo(Schema schema, ObjectNode object);
  }

  /** RFC 6902. */
  record Json6902(JsonNode operations) implements Change {
    @Override
    public JsonNode applyTo(Schema schema, ObjectNode object) {
      try {
        return JsonPatch.apply(operations, object.deepCopy());
      } catch (RuntimeException e) {
        throw ApiException.patchFailed();
      }
    }
  }

  /** RFC 7396. */
  record Merge(JsonNode patch) implements Change {
    @Override
    public JsonNode applyTo(Schema schema, ObjectNode object) {
      return MergePatch.apply(object, patch);
    }
  }

  /** Kubernetes' own merge for built-in kinds. */
  record Strategic(JsonNode patch) implements Change {
    @Override
    public JsonNode applyTo(Schema schema, ObjectNode object) {
      return StrategicMerge.apply(schema, object, patch);
    }
  }
}
