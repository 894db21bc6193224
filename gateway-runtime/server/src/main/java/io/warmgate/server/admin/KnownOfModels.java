package io.warmgate.server.admin;

import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.ServedVersions;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the pod knows of the models that it asks, now.
 *
 * @param credentials what their providers make of them
 * @param versions what their servers have
 */
public record KnownOfModels(
    Supplier<List<CredentialState>> credentials, Supplier<List<ServedVersions>> versions) {

  /** Of a pod that asks none. */
  public static final KnownOfModels NOTHING = new KnownOfModels(List::of, List::of);
}
