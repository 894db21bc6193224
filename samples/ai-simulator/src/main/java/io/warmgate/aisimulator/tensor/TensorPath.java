package io.warmgate.aisimulator.tensor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path that names a model.
 *
 * @param version empty where the path names none
 * @param action what is asked, for example {@code infer}; empty for what the model is
 */
record TensorPath(String model, String version, String action) {
  private static final Pattern OPEN_INFERENCE =
      Pattern.compile("/v2/models/([^/:]+)(?:/versions/([^/:]+))?(?:/(infer|ready))?");
  private static final Pattern TENSORFLOW =
      Pattern.compile("/v1/models/([^/:]+)(?:/versions/([^/:]+))?(?::(predict)|/(metadata))?");

  static Optional<TensorPath> ofOpenInference(String path) {
    return of(OPEN_INFERENCE.matcher(path));
  }

  static Optional<TensorPath> ofTensorFlow(String path) {
    return of(TENSORFLOW.matcher(path));
  }

  private static Optional<TensorPath> of(Matcher matcher) {
    return matcher.matches()
        ? Optional.of(new TensorPath(matcher.group(1), orEmpty(matcher, 2), action(matcher)))
        : Optional.empty();
  }

  /** What stands after the model, whichever alternative it is. */
  private static String action(Matcher matcher) {
    var action = new StringBuilder();
    for (int group = 3; group <= matcher.groupCount(); group++) {
      action.append(orEmpty(matcher, group));
    }
    return action.toString();
  }

  private static String orEmpty(Matcher matcher, int group) {
    String found = matcher.group(group);
    return found == null ? "" : found;
  }
}
