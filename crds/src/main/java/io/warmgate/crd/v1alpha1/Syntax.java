package io.warmgate.crd.v1alpha1;

/** The patterns of names and values, as Kubernetes and Gateway API have them. */
final class Syntax {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

  /** RFC 1123 subdomain: the name of most objects. */
  static final String OBJECT_NAME = "^" + LABEL + "([.]" + LABEL + ")*$";

  /** RFC 1123 label: the name of a part of an object (Gateway API's SectionName, one label). */
  static final String SECTION_NAME = "^" + LABEL + "$";

  /** Gateway API's PreciseHostname. */
  static final String PRECISE_HOSTNAME = OBJECT_NAME;

  /** Gateway API's Hostname: precise, or with a wildcard as its first label. */
  static final String HOSTNAME = "^([*][.])?" + LABEL + "([.]" + LABEL + ")*$";

  /** An RFC 9110 §5.6.2 token, in the letters that Gateway API takes. */
  static final String HEADER_NAME = "^[A-Za-z0-9!#$%&'*+\\-.^_`|~]+$";

  /** An RFC 9110 §5.5 field value without leading or trailing white space. */
  static final String HEADER_VALUE =
      "^[!-~\\x80-\\x{10FFFF}]([\\t -~\\x80-\\x{10FFFF}]*[!-~\\x80-\\x{10FFFF}])?$";

  /** A version that somebody gave: letters, digits and what joins them. */
  static final String VERSION = "^[A-Za-z0-9]([-+._A-Za-z0-9]*[A-Za-z0-9])?$";

  /** A Kubernetes quantity of bytes, whole and positive. */
  static final String MEMORY = "^[1-9][0-9]{0,14}(k|M|G|T|Ki|Mi|Gi|Ti)?$";

  /** Whole percent of 1 to 100, or as {@link #MEMORY}. */
  static final String SHARE = "^(([1-9][0-9]?|100)%|[1-9][0-9]{0,14}(k|M|G|T|Ki|Mi|Gi|Ti)?)$";

  /** As {@link #MEMORY}, some megabytes at most. */
  static final String SMALL_MEMORY = "^([1-9][0-9]{0,6}|[1-9][0-9]{0,3}(k|Ki)|[1-8](M|Mi))$";

  /** A network; the operator checks the address itself. */
  static final String CIDR = "^[0-9A-Fa-f:.]{2,39}/[0-9]{1,3}$";

  /** A name or address (IPv6 in brackets), a colon, a port. */
  static final String HOST_PORT =
      "^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}$";

  /** A URL that is an origin: no path, no query, no user. */
  static final String BACKEND_URL =
      "^https?://([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?/?$";

  /** A URL of a document: no user, no fragment. */
  static final String HTTP_URL =
      "^https?://([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?"
          + "(/[!\"$-~]*)?$";

  /** A base URL, with a path where there is one: no user, no query, no fragment. */
  static final String ENDPOINT_URL =
      "^https?://([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?"
          + "(/[-A-Za-z0-9._~%!$&'()*+,;=:@/]*)?$";

  /** {@code eu-central-1}, {@code us-gov-west-1}. */
  static final String AWS_REGION = "^[a-z]{2,}(-[a-z]+)+-[0-9]+$";

  /** Visible ASCII: what providers call models and tools. */
  static final String VISIBLE = "^[!-~]+$";

  /** A decimal that is not negative, with six decimals at most. */
  static final String MONEY = "^[0-9]{1,6}([.][0-9]{1,6})?$";

  /** The same, below a thousand. */
  static final String MONEY_PER_SECOND = "^[0-9]{1,3}([.][0-9]{1,6})?$";

  /** More than nothing, below a thousand, with three decimals at most. */
  static final String GPUS = "^([1-9][0-9]{0,2}([.][0-9]{1,3})?|0[.][0-9]{0,2}[1-9])$";

  /** ISO 4217. */
  static final String CURRENCY = "^[A-Z]{3}$";

  /** Gateway API's CORSOrigin. */
  static final String CORS_ORIGIN =
      "^([*]|[a-z][a-z0-9+.-]*://([*][.])?[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:[0-9]{1,5})?)$";

  /** A key of a Secret's data. */
  static final String SECRET_KEY = "^[-._a-zA-Z0-9]+$";

  /** A tag: it stands between spaces or commas. */
  static final String TAG = "^[^\\s,]+$";

  /** The path of a request, without query. */
  static final String PURGE_PATH = "^/[^?#\\s]*$";

  /**
   * The path and query of a request, in the characters of RFC 3986 and what is often beside them.
   */
  static final String WARM_TARGET = "^/[!\"$-~]*$";

  /** A Host: a precise hostname, with a port where clients have one in it. */
  static final String HOST_AND_PORT = "^" + LABEL + "([.]" + LABEL + ")*(:[0-9]{1,5})?$";

  /** Five fields of crontab(5); the operator reads them. */
  static final String CRON = "^[0-9A-Za-z*,/-]+( +[0-9A-Za-z*,/-]+){4}$";

  /** The name of a time zone in the IANA database; the operator knows which there are. */
  static final String TIME_ZONE = "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$";

  /** SHA-256 in hexadecimal. */
  static final String CACHE_KEY = "^[0-9a-f]{64}$";

  /** SHA-256 in hexadecimal, as people and tools write it. */
  static final String FINGERPRINT = "^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$";

  /** A point in time of RFC 3339 §5.6; the operator reads it. */
  static final String TIMESTAMP =
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?"
          + "(Z|[+-][0-9]{2}:[0-9]{2})$";

  /** A network with an IPv4 address of four numbers, or an IPv6 one; the operator checks it. */
  static final String IP_BLOCK =
      "^([0-9]{1,3}([.][0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)/[0-9]{1,3}$";

  private Syntax() {}
}
