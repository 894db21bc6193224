package io.warmgate.server.version;

import io.warmgate.config.Backend;
import io.warmgate.config.Model;
import java.util.List;

/** Looks after the versions that servers have. */
public interface VersionWatch {
  /** Where nobody wants to know. */
  VersionWatch NONE =
      new VersionWatch() {
        @Override
        public void use(List<Poll> polls) {}

        @Override
        public Ear ear(Model model, Backend backend) {
          return Ear.NONE;
        }

        @Override
        public void close() {}
      };

  /** These are polled from now on, and no others; those that are new at once. */
  void use(List<Poll> polls);

  /** What takes what the answers of a model at its place say. */
  Ear ear(Model model, Backend backend);

  /** Polls no more. */
  void close();
}
