package io.warmgate.server.credential;

import java.util.List;

/** Takes what is learned of credentials. */
public interface Proofs {
  /** Where nobody wants to know. */
  Proofs NONE =
      new Proofs() {
        @Override
        public Proof of(String model, String account) {
          return Proof.NONE;
        }

        @Override
        public void use(List<Check> checks) {}

        @Override
        public void close() {}
      };

  /** What questions to a model say of the credential that it is asked with. */
  interface Proof {
    Proof NONE =
        new Proof() {
          @Override
          public void answered() {}

          @Override
          public void refused(Evidence evidence) {}
        };

    /** One was answered. Cheap where that is nothing new. */
    void answered();

    /** One was refused: {@link Evidence.Denied} or {@link Evidence.Forbidden}. */
    void refused(Evidence evidence);
  }

  /**
   * @param model {@code namespace/name} of its AiModelBackend
   * @param account {@link Check#account()}; what is said of another is not heard
   */
  Proof of(String model, String account);

  /** These are checked from now on, and no others; those that are new at once. */
  void use(List<Check> checks);

  /** Checks no more. */
  void close();
}
