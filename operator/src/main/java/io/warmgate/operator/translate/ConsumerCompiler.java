package io.warmgate.operator.translate;

import io.warmgate.config.Consumer;
import io.warmgate.config.Limit;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.ConsumerToken;
import io.warmgate.crd.v1alpha1.KeyInUse;
import io.warmgate.crd.v1alpha1.RouteGrant;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Consumers, each by itself. A key, token or certificate that cannot be used is left out, and the
 * others count: what is not there any more lets nobody in. One that two consumers have is the older
 * one's. One whose namespace the gateway does not let in is none of its consumers. One whose limits
 * cannot be used is known by nothing: without them it would have none.
 */
final class ConsumerCompiler {
  private final Snapshot snapshot;
  private final ConsumerKeys keys;
  private final ConsumerCertificates certificates;
  private final Issuers issuers;
  private final Grants grants;
  private final Findings findings;
  private final Map<Consumer.Token, ObjectKey> tokenOwners = new HashMap<>();

  ConsumerCompiler(Snapshot snapshot, Values values, Issuers issuers, Findings findings) {
    this.snapshot = snapshot;
    this.keys = new ConsumerKeys(snapshot, values, findings);
    this.certificates = new ConsumerCertificates(snapshot.namespace(), values, findings);
    this.issuers = issuers;
    this.grants = Grants.of(snapshot, findings);
    this.findings = findings;
  }

  List<CompiledConsumer> compileAll() {
    return snapshot.attachments().consumers().stream().map(this::compile).toList();
  }

  private CompiledConsumer compile(ApiConsumer consumer) {
    ObjectKey object = ObjectKey.of(consumer);
    if (!snapshot.admits(consumer)) {
      findings.add(NotAdmitted.finding(consumer, snapshot.references().grants()));
      return new CompiledConsumer(object, null, List.of(), List.of());
    }
    try {
      return compile(consumer, LimitCompiler.compile("spec.limits", consumer.getSpec().limits()));
    } catch (Unusable e) {
      findings.add(e.in(object));
      Consumer nobody =
          new Consumer(object.id(), List.of(), List.of(), List.of(), List.of(), List.of());
      return new CompiledConsumer(object, nobody, List.of(), grants.of(consumer));
    }
  }

  private CompiledConsumer compile(ApiConsumer consumer, List<Limit> limits) {
    ObjectKey object = ObjectKey.of(consumer);
    List<ConsumerKeys.Usable> usable = keys.of(consumer);
    List<RouteGrant> routes = grants.of(consumer);
    return new CompiledConsumer(
        object,
        new Consumer(
            object.id(),
            usable.stream().map(ConsumerKeys.Usable::key).toList(),
            tokens(object, consumer.getSpec().tokens()),
            certificates.of(consumer),
            Grants.compiled(snapshot.namespace(), routes),
            limits),
        usable.stream().map(ConsumerCompiler::inUse).toList(),
        routes);
  }

  private static KeyInUse inUse(ConsumerKeys.Usable key) {
    return new KeyInUse(key.name(), key.key().sha256().substring(0, 8), key.expires());
  }

  private List<Consumer.Token> tokens(ObjectKey object, List<ConsumerToken> specs) {
    List<Consumer.Token> tokens = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      String path = "spec.tokens[" + i + "]";
      ConsumerToken spec = specs.get(i);
      Consumer.Token token = new Consumer.Token(spec.issuer(), spec.claims());
      ObjectKey owner = tokenOwners.putIfAbsent(token, object);
      if (!issuers.names().contains(spec.issuer())) {
        findings.add(
            object,
            ConditionType.RESOLVED_REFS,
            ConditionReason.ISSUER_NOT_FOUND,
            path + ".issuer: " + issuers.missing(spec.issuer()));
      } else if (owner != null && !owner.equals(object)) {
        findings.add(
            object,
            ConditionType.ACCEPTED,
            ConditionReason.CONFLICTED,
            "%s: tokens with these claims are the older %s's"
                .formatted(path, owner.seenFrom(object.namespace())));
      } else if (owner == null) {
        tokens.add(token);
      }
    }
    return tokens;
  }
}
