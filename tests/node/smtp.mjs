// A real SMTP server for the mail tests. The first line on stdout is its port; every further line is a JSON object that says what happened.
// What it answers is scripted by the part of the recipient's address before the @. It ends when its stdin does.
//
// Settings, as one JSON object in argv[2]: { tls: 'none' | 'starttls' | 'implicit', key, cert, user, pass, mailsPerConnection, port }

import { SMTPServer } from 'smtp-server';

const settings = JSON.parse(process.argv[2] ?? '{}');
const greylisted = new Set();
const mails = new Map();
const tell = (event, session, more = {}) => process.stdout.write(JSON.stringify({ event, connection: session.id, ...more }) + '\n');
const no = (code, text) => Object.assign(new Error(text), { responseCode: code });
const drop = (session) => {
    for (const connection of server.connections)
        if (!session || connection.session.id === session.id) connection._socket.destroy();
};
const script = (session) => session.envelope.rcptTo[0].address.split('@')[0];

const server = new SMTPServer({
    secure: settings.tls === 'implicit',
    key: settings.key,
    cert: settings.cert,
    hideSTARTTLS: settings.tls !== 'starttls',
    authOptional: !settings.user,
    allowInsecureAuth: true,
    logger: false,
    disableReverseLookup: true,

    onConnect(session, done) {
        tell('connected', session);
        done();
    },

    onAuth(auth, session, done) {
        if (auth.username === settings.user && auth.password === settings.pass) return done(null, { user: auth.username });
        tell('login-refused', session);
        done(no(535, '5.7.8 Username and password not accepted'));
    },

    onMailFrom(address, session, done) {
        if (settings.mailsPerConnection && (mails.get(session.id) ?? 0) >= settings.mailsPerConnection) {
            tell('enough', session);
            return done(no(421, '4.7.0 Too many mails over this connection'));
        }
        if (settings.refuseSender) return done(no(553, `5.7.1 <${address.address}>: Sender address rejected: not owned by user`));
        done();
    },

    onRcptTo({ address }, session, done) {
        const who = address.split('@')[0];
        if (who === 'unknown') return done(no(550, `5.1.1 <${address}>: Recipient address rejected: User unknown in local recipient table`));
        if (who === 'relay') return done(no(554, `5.7.1 <${address}>: Relay access denied`));
        if (who === 'hanging') return tell('hanging', session);
        if (who === 'grey' && !greylisted.has(address)) {
            greylisted.add(address);
            return done(no(450, `4.2.0 <${address}>: Recipient address rejected: Greylisted, come back later`));
        }
        done();
    },

    onData(stream, session, done) {
        const chunks = [];
        stream.on('data', (chunk) => chunks.push(chunk));
        stream.on('end', () => {
            const raw = Buffer.concat(chunks).toString('latin1');
            const { mailFrom, rcptTo } = session.envelope;
            if (script(session) === 'dropping') {
                tell('dropped', session, { raw });
                return drop(session);
            }
            if (script(session) === 'spam') return done(no(554, '5.7.1 Message rejected as spam by content scanner'));
            mails.set(session.id, (mails.get(session.id) ?? 0) + 1);
            tell('mail', session, {
                from: mailFrom.address, to: rcptTo.map((to) => to.address), raw, secure: !!session.secure, user: session.user ?? null,
            });
            done(null, 'OK');
        });
    },
});

server.on('error', () => {});
server.listen(settings.port ?? 0, '127.0.0.1', () => process.stdout.write(`${server.server.address().port}\n`));

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
    if (text.includes('drop')) {
        drop();
        process.stdout.write('{"event":"dropped-all"}\n');
    }
});
process.stdin.on('end', () => process.exit(0));
