package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.operator.translate.ObjectKey;
import java.util.List;

/**
 * The objects that run a gateway.
 *
 * @param wanted to be applied, in this order
 * @param unwanted to be deleted where they exist and the gateway owns them: what it no longer asks
 *     for
 */
public record GatewayManifests(List<HasMetadata> wanted, List<ObjectKey> unwanted) {
  public GatewayManifests {
    wanted = List.copyOf(wanted);
    unwanted = List.copyOf(unwanted);
  }
}
