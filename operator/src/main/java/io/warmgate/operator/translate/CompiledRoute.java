package io.warmgate.operator.translate;

import io.warmgate.config.Backend;
import io.warmgate.config.Route;
import java.util.Map;

/**
 * A route on its way into the configuration.
 *
 * @param backends by id: at least those that its rules refer to
 * @param asWritten whether it is what the user's object says now; false where all or a rule of it
 *     goes on as it was
 */
record CompiledRoute(
    ObjectKey object, Route route, Map<String, Backend> backends, boolean asWritten) {

  CompiledRoute with(Route changed) {
    return new CompiledRoute(object, changed, backends, asWritten);
  }
}
