package aiqbridge.customer;

import aiqbridge.account.Accounts;
import io.nayuki.qrcodegen.QrCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The sign-up link as a QR code for receipts and counters: black on white, with the quiet border of four modules that readers want. */
public final class SignUpCode {
    private static final int BORDER = 4;
    private static final int PIXELS = 8;
    private static final int WHITE = 0xffffff;
    private final Accounts accounts;
    private final SignUpLink link;

    public SignUpCode(Accounts accounts, SignUpLink link) {
        this.accounts = accounts;
        this.link = link;
    }

    public byte[] png(String accountId) {
        QrCode code = code(accountId);
        int side = (code.size + 2 * BORDER) * PIXELS;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(x, y, code.getModule(x / PIXELS - BORDER, y / PIXELS - BORDER) ? 0 : WHITE);
            }
        }
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String svg(String accountId) {
        QrCode code = code(accountId);
        int side = code.size + 2 * BORDER;
        StringBuilder modules = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    modules.append('M')
                            .append(x + BORDER)
                            .append(',')
                            .append(y + BORDER)
                            .append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side
                + "\" shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\""
                + modules + "\" fill=\"#000\"/></svg>";
    }

    private QrCode code(String accountId) {
        return QrCode.encodeText(link.of(accounts.get(accountId)), QrCode.Ecc.MEDIUM);
    }
}
