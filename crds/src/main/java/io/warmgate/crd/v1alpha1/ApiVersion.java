package io.warmgate.crd.v1alpha1;

/** The group and version of everything in this package. */
public final class ApiVersion {
  public static final String GROUP = "warmgate.io";
  public static final String VERSION = "v1alpha1";

  private ApiVersion() {}
}
