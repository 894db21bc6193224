package io.warmgate.operator.gather;

/** The operator may not use Secrets where it would keep a gateway's: somebody has to let it. */
public final class OwnSecretNotReadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OwnSecretNotReadable(GatewayKey secret) {
    super("the operator may not use Secret " + secret, null, false, false);
  }
}
