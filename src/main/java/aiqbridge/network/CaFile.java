package aiqbridge.network;

import aiqbridge.StartRefused;
import aiqbridge.TextFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A file with one or several certificates (PEM) that are trusted as authorities. */
public final class CaFile {
    private CaFile() {}

    /**
     * @param key what names the file, for the sentence
     * @throws StartRefused naming key and file, when it is not there, holds anything but certificates, or one that is not valid now
     */
    public static List<X509Certificate> read(Path file, String key, Clock clock) {
        List<X509Certificate> all = new ArrayList<>();
        try {
            String text = TextFile.read(file);
            if (text.contains("PRIVATE KEY")) {
                throw refused(file, key, "holds a private key, which belongs to its owner alone");
            }
            for (Certificate one : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
                all.add((X509Certificate) one);
            }
        } catch (TextFile.Unreadable e) {
            throw refused(file, key, e.getMessage());
        } catch (CertificateException e) {
            throw refused(file, key, "holds what is no certificate");
        }
        if (all.isEmpty()) {
            throw refused(file, key, "holds no certificate");
        }
        Instant now = clock.instant();
        for (X509Certificate one : all) {
            if (one.getNotAfter().toInstant().isBefore(now)) {
                throw refused(
                        file,
                        key,
                        "holds a certificate that expired on "
                                + one.getNotAfter().toInstant());
            }
            if (one.getNotBefore().toInstant().isAfter(now)) {
                throw refused(
                        file,
                        key,
                        "holds a certificate that is valid only from "
                                + one.getNotBefore().toInstant());
            }
        }
        return all;
    }

    /** When the first of them expires. */
    public static Instant end(List<X509Certificate> all) {
        return all.stream()
                .map(one -> one.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static StartRefused refused(Path file, String key, String why) {
        return new StartRefused(
                "The file " + file + " of " + key + " " + why + ".",
                "It holds the certificate of the authority, or several, as PEM: -----BEGIN CERTIFICATE----- …");
    }
}
