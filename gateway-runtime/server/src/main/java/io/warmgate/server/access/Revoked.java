package io.warmgate.server.access;

/**
 * What was taken back since the revision was made. Asked for every request, before what is
 * remembered of a credential counts; must not block.
 */
public interface Revoked {

  /** Nothing was. */
  Revoked NOTHING =
      new Revoked() {
        @Override
        public boolean key(String sha256) {
          return false;
        }

        @Override
        public boolean consumer(String id) {
          return false;
        }

        @Override
        public boolean grant(String consumerId, String route) {
          return false;
        }
      };

  /**
   * @param sha256 of an API key, lower-case hexadecimal
   */
  boolean key(String sha256);

  /**
   * @param id {@code namespace/name}
   */
  boolean consumer(String id);

  /**
   * @param route {@code namespace/name}
   */
  boolean grant(String consumerId, String route);
}
