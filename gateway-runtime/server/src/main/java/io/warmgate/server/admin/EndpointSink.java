package io.warmgate.server.admin;

import io.warmgate.config.admin.EndpointSets;

/** Who balances over the endpoints that the operator pushes. */
public interface EndpointSink {

  /** Takes the sets; ignores those of an older version than it has. */
  void update(EndpointSets sets);

  /** Version of the sets in use; 0 before the first. */
  long version();
}
