package io.warmgate.local.fault;

import io.warmgate.local.ApiServer;

/** With a real kube-apiserver. */
class TakenAwayRealIT extends TakenAwaySuite {
  TakenAwayRealIT() {
    super(ApiServer.Kind.REAL);
  }
}
