package io.warmgate.server.cache;

import java.util.Base64;
import java.util.List;

/** The same where entries are encrypted. */
class SealedCacheShareIT extends CacheShareIT {
  @Override
  int namedByDigest() {
    return 0;
  }

  @Override
  void prepare(Pod pod) {
    pod.values.encryptWith(List.of(Base64.getEncoder().encodeToString(new byte[32])));
  }
}
