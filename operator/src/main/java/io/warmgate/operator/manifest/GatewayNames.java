package io.warmgate.operator.manifest;

import java.util.List;

/** What the objects of an ApiGateway are called. */
public final class GatewayNames {
  private GatewayNames() {}

  /** Deployment of the pods of one template. */
  public static String side(String gateway, String side) {
    return gateway + "-" + side;
  }

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

  /** Secret with the admin API's certificate and tokens, and the Service that leads there. */
  public static String admin(String gateway) {
    return gateway + "-admin";
  }

  /** What the admin API's certificate is for: the operator's name for it, and the Service's. */
  public static List<String> adminHosts(String namespace, String gateway) {
    return List.of(gateway + ".admin.warmgate", admin(gateway) + "." + namespace + ".svc");
  }
}
