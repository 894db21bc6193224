package io.warmgate.operator.manifest;

/** What the objects of an ApiGateway are called. */
public final class GatewayNames {
  private GatewayNames() {}

  /** ConfigMap with the newest revision. */
  public static String current(String gateway) {
    return gateway + "-current";
  }

  /** ConfigMap with the last revision that every answering pod took. */
  public static String acknowledged(String gateway) {
    return gateway + "-acknowledged";
  }

  /** Secret with the values that revisions name. */
  public static String values(String gateway) {
    return gateway + "-values";
  }

  /** Secret with the admin API's certificate and tokens. */
  public static String admin(String gateway) {
    return gateway + "-admin";
  }

  /** What the admin API's certificate is for. */
  public static String adminHost(String gateway) {
    return gateway + ".admin.warmgate";
  }
}
