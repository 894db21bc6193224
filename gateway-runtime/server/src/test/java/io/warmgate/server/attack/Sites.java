package io.warmgate.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.server.listener.RawOrigin;

/** Two sites that are the same, of which one is attacked. */
final class Sites implements AutoCloseable {
  final Site attacked = new Site();
  final Site calm = new Site();

  /** What was asked so far is forgotten. */
  void forget() {
    attacked.origin.heads.clear();
    calm.origin.heads.clear();
  }

  void answers(Site.Answering answering) {
    attacked.answers(answering);
    calm.answers(answering);
  }

  void script(RawOrigin.Script script) {
    attacked.script(script);
    calm.script(script);
  }

  void serve(String policy, String trusted) {
    attacked.serve(policy, trusted);
    calm.serve(policy, trusted);
  }

  /**
   * The attack, then an innocent client, which gets what it gets where nobody attacks.
   *
   * @return that, for more to be asserted
   */
  Answer spares(String attack, String victimsTarget, String... victimsFields) {
    attacked.raw(attack);
    return spared(victimsTarget, victimsFields);
  }

  /** An innocent client gets what it gets where nobody attacks. */
  Answer spared(String victimsTarget, String... victimsFields) {
    Answer victims = attacked.get(victimsTarget, victimsFields);
    Answer expected = calm.get(victimsTarget, victimsFields);
    assertThat(expected.status()).as("the site works").isPositive();
    assertThat(victims.essence()).as(victimsTarget).isEqualTo(expected.essence());
    assertThat(victims.text()).as(victimsTarget).doesNotContain("evil");
    return victims;
  }

  @Override
  public void close() {
    attacked.close();
    calm.close();
  }
}
