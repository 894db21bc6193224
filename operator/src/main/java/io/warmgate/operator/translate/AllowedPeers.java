package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.NetworkPeer;
import io.warmgate.crd.v1alpha1.PeerSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach a gateway's admin port besides the operator, as a NetworkPolicy says it. One that
 * the API server would refuse is left out and opens nothing: the others, and all else, go on.
 */
public final class AllowedPeers {
  private static final String NAME = "[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?";
  private static final String SUBDOMAIN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

  /** A label's key: a name, after a DNS subdomain or alone. */
  private static final Pattern KEY =
      Pattern.compile("((?=[^/]{1,253}/)%s([.]%s)*/)?%s".formatted(SUBDOMAIN, SUBDOMAIN, NAME));

  private static final Pattern VALUE = Pattern.compile("(" + NAME + ")?");

  private AllowedPeers() {}

  /** Those that can be. */
  public static List<NetworkPolicyPeer> of(ApiGateway gateway) {
    return of(gateway, _ -> {});
  }

  /** Says what is wrong with the others. */
  static void check(ApiGateway gateway, Findings findings) {
    List<NetworkPolicyPeer> _ = of(gateway, wrong -> findings.add(wrong.in(ObjectKey.of(gateway))));
  }

  private static List<NetworkPolicyPeer> of(ApiGateway gateway, Consumer<Unusable> wrong) {
    List<NetworkPolicyPeer> peers = new ArrayList<>();
    int index = 0;
    for (NetworkPeer peer : gateway.getSpec().admin().allowFrom()) {
      try {
        peers.add(peer("spec.admin.allowFrom[" + index++ + "]", peer));
      } catch (Unusable e) {
        wrong.accept(e);
      }
    }
    return peers;
  }

  private static NetworkPolicyPeer peer(String path, NetworkPeer peer) {
    if (peer.ipBlock() != null) {
      return new NetworkPolicyPeerBuilder()
          .withNewIpBlock()
          .withCidr(Cidr.checked(path + ".ipBlock.cidr", peer.ipBlock().cidr()))
          .endIpBlock()
          .build();
    }
    return new NetworkPolicyPeerBuilder()
        .withPodSelector(selector(path + ".podSelector", peer.podSelector()))
        .withNamespaceSelector(selector(path + ".namespaceSelector", peer.namespaceSelector()))
        .build();
  }

  private static @Nullable LabelSelector selector(String path, @Nullable PeerSelector selector) {
    if (selector == null) {
      return null;
    }
    selector
        .matchLabels()
        .forEach(
            (key, value) -> {
              if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
                throw Unusable.invalid(
                    path + ".matchLabels", "'%s: %s' is no label".formatted(key, value));
              }
            });
    return new LabelSelectorBuilder().withMatchLabels(selector.matchLabels()).build();
  }
}
