package io.warmgate.operator.snapshot;

/** Labels of the objects that Warmgate makes. */
public final class Labels {
  /** Name of the ApiGateway whose pod this is. */
  public static final String GATEWAY = "warmgate.io/gateway";

  /** Name of the pod template that this pod is of: a side of its gateway's rollout. */
  public static final String SIDE = "warmgate.io/side";

  /** Name of the RedisCache whose pod this is. */
  public static final String REDIS = "warmgate.io/redis";

  /** Name of the ApiConsumer whose key this is. */
  public static final String CONSUMER = "warmgate.io/consumer";

  /** Recommended label of Kubernetes: which tool manages the object. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Recommended label of Kubernetes: the name of the application. */
  public static final String APP_NAME = "app.kubernetes.io/name";

  /** The value of {@link #MANAGED_BY}. */
  public static final String WARMGATE = "warmgate";

  /** The value of {@link #APP_NAME} on the operator's own pods. */
  public static final String OPERATOR = "warmgate-operator";

  private Labels() {}
}
