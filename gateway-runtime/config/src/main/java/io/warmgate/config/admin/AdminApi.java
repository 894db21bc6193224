package io.warmgate.config.admin;

/**
 * The admin API's paths and where a pod finds what it is started with.
 *
 * <p>Served over TLS with the gateway's own certificate on {@link #PORT}. {@link #LIVEZ}, {@link
 * #READYZ} and {@link #METRICS} ask for no token; all else does. Every answer to the operator is
 * what the path says (200), else a {@link PodState}, or a {@link Refusal} (4xx, 5xx) beside which
 * nothing has changed.
 */
public final class AdminApi {
  /** Reserved: no listener may have it. */
  public static final int PORT = 9443;

  /**
   * Reserved too: where a pod takes requests that pods of the gateway's other side hand over. TLS
   * with the admin API's certificate; who comes needs {@link #HANDOVER_TOKEN}.
   */
  public static final int HANDOVER_PORT = 9444;

  public static final String LIVEZ = "/livez";
  public static final String READYZ = "/readyz";
  public static final String METRICS = "/metrics";

  /** GET: {@link PodState}. */
  public static final String STATE = "/v1/state";

  /** POST {@link Heartbeat}: the operator lives, and this is what is current. */
  public static final String HEARTBEAT = "/v1/heartbeat";

  /** PUT {@code Revision}: take it; answered when it serves, or when it is refused (422). */
  public static final String REVISION = "/v1/revision";

  /** PUT {@link SecretValues}. */
  public static final String VALUES = "/v1/values";

  /** PUT {@link EndpointSets}. */
  public static final String ENDPOINTS = "/v1/endpoints";

  /** POST {@link Order}: obey it here; answered when no request finds what it names. */
  public static final String PURGES = "/v1/purges";

  /** POST {@link Order}: append it to the log: {@link PurgeReceipt}, or 503 without a log. */
  public static final String LOG = "/v1/log";

  /** POST {@link PurgeRequest}: what it names in this pod's memory: {@link PurgeCount}. */
  public static final String COUNT = "/v1/count";

  /**
   * POST {@link PurgeRequest}: append it to the log and apply it here: {@link PurgeReceipt} (202),
   * or 503 without a log. The one path that {@link #PURGE_TOKEN} opens.
   */
  public static final String PURGE = "/v1/purge";

  /** POST {@link ExplainRequest}: {@link Explanation}; changes nothing. */
  public static final String EXPLAIN = "/v1/explain";

  /** GET with {@code ?route=}: {@link HotRequests}, at most as many as {@code &top=} says. */
  public static final String HOT = "/v1/hot";

  /** POST {@link WarmOrder}: {@link WarmReport}, when all of it has ended. */
  public static final String WARM = "/v1/warm";

  /** POST {@link ReadOrder}: {@link ReadReport}. */
  public static final String READ = "/v1/read";

  /** GET: {@link Traffic}. */
  public static final String TRAFFIC = "/v1/traffic";

  /** Folder of the {@code current} ConfigMap. */
  public static final String CURRENT_DIR = "/etc/warmgate/current";

  /** Folder of the {@code acknowledged} ConfigMap. */
  public static final String ACKNOWLEDGED_DIR = "/etc/warmgate/acknowledged";

  /** Folder of the values Secret: one file a value, named by its fingerprint. */
  public static final String VALUES_DIR = "/etc/warmgate/values";

  /** Folder of the admin Secret: {@code tls.crt}, {@code tls.key}, and the tokens. */
  public static final String ADMIN_DIR = "/etc/warmgate/admin";

  /** Keys of the admin Secret. */
  public static final String TLS_CERTIFICATE = "tls.crt";

  public static final String TLS_PRIVATE_KEY = "tls.key";
  public static final String OPERATOR_TOKEN = "operator-token";

  /** What applications purge with, and nothing else. */
  public static final String PURGE_TOKEN = "purge-token";

  /** What a request is sent with, in {@link #PREVIEW_HEADER}, to be answered by the other side. */
  public static final String PREVIEW_TOKEN = "preview-token";

  /** Request header field: the preview token. Never sent to a backend. */
  public static final String PREVIEW_HEADER = "Warmgate-Preview";

  /** What pods of a gateway show each other when one hands a request over. */
  public static final String HANDOVER_TOKEN = "handover-token";

  /** Environment variable: the name of the pod's side; absent where it has none. */
  public static final String SIDE_ENV = "WARMGATE_SIDE";

  private AdminApi() {}
}
