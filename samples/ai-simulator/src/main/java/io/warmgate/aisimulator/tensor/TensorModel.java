package io.warmgate.aisimulator.tensor;

import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.model.ModelBehavior.Kind;
import io.warmgate.aisimulator.model.ServedModel;
import io.warmgate.aisimulator.model.ServedModels;
import java.util.ArrayList;
import java.util.List;

/**
 * A model in one of its versions.
 *
 * @param versions all that are served, the newest first
 */
record TensorModel(ServedModel model, String version, List<String> versions) {

  /**
   * The model that a path names.
   *
   * @param version empty for the newest
   */
  static TensorModel find(ServedModels models, String name, String version) throws Refused {
    ServedModel model =
        models
            .find(name, Kind.TENSOR)
            .orElseThrow(() -> Refused.of(404, "model '%s' is not found".formatted(name)));
    var versions = new ArrayList<String>();
    versions.add(model.behavior().version());
    versions.addAll(model.behavior().olderVersions());
    if (version.isEmpty()) {
      return new TensorModel(model, versions.getFirst(), versions);
    }
    if (!versions.contains(version)) {
      throw Refused.of(404, "model '%s' has no version '%s'".formatted(name, version));
    }
    return new TensorModel(model, version, versions);
  }

  Classification classify(byte[] content) {
    return Classification.of(content, model.name(), version);
  }
}
